/** Settings, the working calendar and offices: read by officers, changed by administrators within their own organisations. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sql, type Read } from '../../kernel/db.ts'
import { statutoryHolidays } from '../../kernel/holidays.ts'
import { isPlainDate, todayIn, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  changeSetting,
  forgetSettings,
  settingRows,
  settingsOn,
  type Setting,
} from '../../kernel/settings.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { findMemberByPersonalId } from '../../registry/members/store.ts'
import {
  endOffice,
  getOffice,
  grantOffice,
  listPositions,
  type Office,
} from '../../registry/offices/store.ts'
import { findOrganisationByCode, liesWithin, PATH } from '../../registry/organisations/store.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { calendarDays, OFFICE_HOURS_SETTING, removeCalendarDay, saveCalendarDay } from '../calendar.ts'
import type { Parts } from '../parts.ts'
import { readWeek } from './hours.ts'
import { CalendarPage, EndOfficePage, OfficesPage, SettingsPage } from './page.tsx'
import { SETTINGS_TEXTS } from './texts.ts'

const date = z.string().refine(isPlainDate, { message: 'date' })
const CHANGE = z.object({
  key: z.string(),
  value: z.unknown(),
  validFrom: date,
  reason: z.string().trim().min(3).max(500),
})
const HOURS = z.looseObject({ validFrom: date, reason: z.string().trim().min(3).max(500) })
const DAY = z.object({
  day: date,
  kind: z.enum(['holiday', 'swapped-rest', 'swapped-working']),
  name: z.string().trim().min(1).max(200),
  source: z.string().trim().min(1).max(300),
})
const GRANT = z.object({
  personalId: z.string().regex(/^\d{12}$/),
  position: z.string().max(60),
  organisationCode: z.string().max(30),
  since: date,
})
const inBoth = z.object({ vi: z.string(), en: z.string() })
const SETTINGS_ANSWER = z.array(
  z.object({
    key: z.string(),
    title: inBoth,
    certainty: z.enum(['C', 'D', 'I']),
    source: z.string(),
    reason: inBoth,
    default: z.unknown(),
    value: z.unknown(),
    rows: z.array(
      z.object({
        key: z.string(),
        validFrom: z.string(),
        value: z.unknown(),
        reason: z.string(),
        setBy: z.string().nullable(),
      }),
    ),
  }),
)
const YEAR = z.object({
  year: z.coerce.number().int().min(2014).max(2199).optional(),
  saved: z.string().optional(),
})

export function registerSettings(
  server: FastifyInstance,
  web: Web,
  parts: Parts,
  settings: readonly Setting<unknown>[],
): void {
  const today = (): PlainDate => todayIn(web.clock.now())
  const frame = (request: FastifyRequest) => {
    const texts = SETTINGS_TEXTS[request.language]
    const { saved } = request.query as { saved?: string }
    return {
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      mayChange:
        sessionOf(request).hat.position === 'system-administrator' && !sessionOf(request).hat.onBehalfOf,
      today: today(),
      saved:
        saved === 'granted'
          ? texts.granted
          : saved === 'ended'
            ? texts.ended
            : saved
              ? texts.saved
              : undefined,
    }
  }
  const reading = { access: 'officer' as const }
  const changing = { access: 'administrator' as const }

  server.get('/settings', { config: reading }, async (request, reply) => {
    const shown = await shownSettings(web.database.read, settings, today())
    const page = SettingsPage({ ...frame(request), settings: shown })
    return html(
      reply,
      await web.showPage(request, { title: SETTINGS_TEXTS[request.language].title, children: page }),
    )
  })

  const described = { summary: 'Settings with their certainty, source and values', response: SETTINGS_ANSWER }
  server.get('/api/v1/settings', { config: { ...reading, api: described } }, async () =>
    (await shownSettings(web.database.read, settings, today())).map(({ setting, value, rows }) => ({
      key: setting.key,
      title: setting.title,
      certainty: setting.certainty,
      source: setting.source,
      reason: setting.reason,
      default: setting.default,
      value,
      rows,
    })),
  )

  server.post('/settings', { config: changing }, async (request, reply) => {
    const { key, value, validFrom, reason } = parse(CHANGE, formFields(request.body))
    const setting = settings.find((each) => each.key === key)
    if (!setting) throw new Refusal('not-found', 'setting.unknown')
    const given = typeof setting.default === 'number' ? Number(value) : value
    await save(setting, given, validFrom, reason, request)
    return reply.redirect(`/settings?saved=yes#${key}`, 303)
  })

  const save = async (
    setting: Setting<unknown>,
    value: unknown,
    validFrom: PlainDate,
    reason: string,
    request: FastifyRequest,
  ) => {
    if (validFrom < today())
      throw new Refusal('against-rule', 'setting.in-the-past', { facts: { today: today() } })
    const setBy = sessionOf(request).memberId
    await web.database.transaction((write) =>
      changeSetting(write, setting, { value, validFrom, reason, setBy }),
    )
    forgetSettings(web.database)
    parts.invalidateCalendar()
  }

  server.get('/settings/calendar', { config: reading }, async (request, reply) => {
    const year = parse(YEAR, request.query).year ?? yearOf(today())
    const values = await settingsOn(web.database.read, today())
    const page = CalendarPage({
      ...frame(request),
      year,
      hours: values.get(OFFICE_HOURS_SETTING),
      statutory: statutoryHolidays(year),
      own: await calendarDays(web.database.read, year),
    })
    const { calendar, title } = SETTINGS_TEXTS[request.language]
    return html(
      reply,
      await web.showPage(request, {
        title: calendar,
        back: { href: '/settings', text: title },
        children: page,
      }),
    )
  })

  server.post('/settings/calendar', { config: changing }, async (request, reply) => {
    const row = parse(DAY, formFields(request.body))
    await web.database.transaction((write) => saveCalendarDay(write, row))
    parts.invalidateCalendar()
    return reply.redirect(`/settings/calendar?year=${yearOf(row.day)}&saved=yes`, 303)
  })

  server.post('/settings/calendar/remove', { config: changing }, async (request, reply) => {
    const { day } = parse(z.object({ day: date }), formFields(request.body))
    await web.database.transaction((write) => removeCalendarDay(write, day))
    parts.invalidateCalendar()
    return reply.redirect(`/settings/calendar?year=${yearOf(day)}&saved=yes`, 303)
  })

  server.post('/settings/hours', { config: changing }, async (request, reply) => {
    const fields = parse(HOURS, formFields(request.body))
    await save(
      OFFICE_HOURS_SETTING as Setting<unknown>,
      readWeek(fields),
      fields.validFrom,
      fields.reason,
      request,
    )
    return reply.redirect('/settings/calendar?saved=yes', 303)
  })

  registerOffices(server, web, frame)
}

type FrameOf = (
  request: FastifyRequest,
) => Parameters<typeof SettingsPage>[0] extends infer P ? Omit<P & object, 'settings'> : never

function registerOffices(server: FastifyInstance, web: Web, frame: FrameOf): void {
  const today = (): PlainDate => todayIn(web.clock.now())

  server.get('/settings/offices', { config: { access: 'officer' } }, async (request, reply) => {
    const query = parse(z.object({ q: z.string().trim().max(100).default('') }), request.query).q
    const words = foldName(query)
    const all = await officesBelow(web.database.read, sessionOf(request).hat.organisationId, today())
    const page = OfficesPage({
      ...frame(request),
      query,
      offices: all.filter((office) =>
        foldName(`${office.memberName} ${office.positionName} ${office.organisationName}`).includes(words),
      ),
      positions: await listPositions(web.database.read),
    })
    const { offices: title, title: settings } = SETTINGS_TEXTS[request.language]
    return html(
      reply,
      await web.showPage(request, {
        title,
        width: 'wide',
        back: { href: '/settings', text: settings },
        children: page,
      }),
    )
  })

  server.post('/settings/offices', { config: { access: 'administrator' } }, async (request, reply) => {
    const { personalId, position, organisationCode, since } = parse(GRANT, formFields(request.body))
    const by = sessionOf(request).memberId
    await web.database.transaction(async (write) => {
      const member = await findMemberByPersonalId(write, personalId)
      const organisation = await findOrganisationByCode(write, organisationCode, today())
      const own = sessionOf(request).hat.organisationId
      if (!organisation || !(await liesWithin(write, organisation.id, own, today())))
        throw new Refusal('not-found', 'organisation.unknown')
      if (!member) throw new Refusal('not-found', 'member.unknown')
      if (member.id === by) throw new Refusal('forbidden', 'office.own')
      await grantOffice(write, {
        by,
        memberId: member.id,
        position,
        organisationId: organisation.id,
        since,
        source: 'settings',
      })
    })
    return reply.redirect('/settings/offices?saved=granted', 303)
  })

  server.get('/settings/offices/:id/end', { config: { access: 'administrator' } }, async (request, reply) => {
    const { id } = parse(z.object({ id: z.uuid() }), request.params)
    const office = await getOffice(web.database.read, id, today())
    if (
      !(await liesWithin(
        web.database.read,
        office.organisationId,
        sessionOf(request).hat.organisationId,
        today(),
      ))
    )
      throw new Refusal('not-found', 'office.unknown')
    const { endTitle, offices: back } = SETTINGS_TEXTS[request.language]
    const children = EndOfficePage({ ...frame(request), office })
    return html(
      reply,
      await web.showPage(request, {
        title: endTitle,
        back: { href: '/settings/offices', text: back },
        children,
      }),
    )
  })

  server.post('/settings/offices/end', { config: { access: 'administrator' } }, async (request, reply) => {
    const { id } = parse(z.object({ id: z.uuid() }), formFields(request.body))
    await web.database.transaction(async (write) => {
      const office = await getOffice(write, id, today())
      const own = sessionOf(request).hat.organisationId
      if (!(await liesWithin(write, office.organisationId, own, today())))
        throw new Refusal('not-found', 'office.unknown')
      await endOffice(write, id, today(), sessionOf(request).memberId)
    })
    return reply.redirect('/settings/offices?saved=ended', 303)
  })
}

async function shownSettings(read: Read, settings: readonly Setting<unknown>[], today: PlainDate) {
  const values = await settingsOn(read, today)
  const rows = await settingRows(read)
  return settings
    .filter((setting) => setting.key !== OFFICE_HOURS_SETTING.key)
    .map((setting) => ({
      setting,
      value: values.get(setting),
      rows: rows.filter((row) => row.key === setting.key),
    }))
}

/** Offices held today in an organisation and below it. */
function officesBelow(read: Read, organisationId: string, today: PlainDate): Promise<Office[]> {
  return read.rows<Office>(sql`
    select f.id, f.member_id as "memberId", m.full_name as "memberName", f.position, p.name as "positionName",
           p.name_en as "positionNameEn", f.organisation_id as "organisationId", o.name as "organisationName", f.since, f.until, f.source
      from office f
      join member m on m.id = f.member_id
      join position p on p.code = f.position
      join organisation_on(${today}::date) o on o.id = f.organisation_id
      join organisation_on(${today}::date) mine on mine.id = ${organisationId}
     where ${PATH} >= mine.path and ${PATH} < left(mine.path, -1) || '/'
       and f.since <= ${today}::date and (f.until is null or ${today}::date <= f.until)
     order by ${PATH}, p.rank, m.sort_key limit 500`)
}

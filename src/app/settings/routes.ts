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
import { heldOn, looksBack, onDay, trueOn, type LookedAt } from '../../registry/day.ts'
import { titleOn } from '../../registry/looking-back.tsx'
import { findOrganisationByCode, liesWithin, inScope, scopeOf } from '../../registry/organisations/store.ts'
import { dayAsked, headsOf, readerOf } from '../../registry/reader.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { calendarDays, OFFICE_HOURS_SETTING, removeCalendarDay, saveCalendarDay } from '../calendar.ts'
import type { Parts } from '../parts.ts'
import { readWeek } from './hours.ts'
import { CalendarPage, EndOfficePage, OfficesPage, SettingsPage } from './page.tsx'
import { mayKeepLog } from './log-routes.ts'
import { LOG_TEXTS } from './log-texts.ts'
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
    value: z.unknown().describe('in force on the day asked about, `on`; today unless said'),
    since: z.string().nullable().describe('since when; null: the default'),
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
const AS_OF = z.object({
  on: z.string().max(40).optional().describe('YYYY-MM-DD: the values in force on that day'),
})
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

  const dayOf = async (request: FastifyRequest) => {
    const now = today()
    return { today: now, day: await dayAsked(web.database.read, request.query, now) }
  }

  server.get('/settings', { config: reading }, async (request, reply) => {
    const at = await dayOf(request)
    const shown = await shownSettings(web.database.read, settings, at.day)
    const { mayChange, ...others } = frame(request)
    const log = mayKeepLog(request) && !looksBack(at) ? LOG_TEXTS[request.language].title : undefined
    const may = mayChange && !looksBack(at)
    const page = SettingsPage({ ...others, mayChange: may, at, settings: shown, log })
    const title = titleOn(SETTINGS_TEXTS[request.language].title, at, request.language)
    return html(reply, await web.showPage(request, { title, children: page }))
  })

  const described = {
    summary: 'Settings with their certainty, source and values',
    query: AS_OF,
    response: SETTINGS_ANSWER,
  }
  server.get('/api/v1/settings', { config: { ...reading, api: described } }, async (request) => {
    const { day } = await dayOf(request)
    const shown = await shownSettings(web.database.read, settings, day)
    return shown.map(({ setting, value, inForce, rows }) => ({
      key: setting.key,
      title: setting.title,
      certainty: setting.certainty,
      source: setting.source,
      reason: setting.reason,
      default: setting.default,
      value,
      since: inForce?.validFrom ?? null,
      rows,
    }))
  })

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
) => Parameters<typeof SettingsPage>[0] extends infer P ? Omit<P & object, 'settings' | 'at'> : never

function registerOffices(server: FastifyInstance, web: Web, frame: FrameOf): void {
  const today = (): PlainDate => todayIn(web.clock.now())

  server.get('/settings/offices', { config: { access: 'officer' } }, async (request, reply) => {
    const query = parse(z.object({ q: z.string().trim().max(100).default('') }), request.query).q
    const words = foldName(query)
    const now = today()
    const at = { today: now, day: await dayAsked(web.database.read, request.query, now) }
    const all = await officesBelow(web.database.read, {
      ...at,
      organisationId: readerOf(request, web).organisationId,
    })
    const { mayChange, ...others } = frame(request)
    const page = OfficesPage({
      ...others,
      mayChange: mayChange && !looksBack(at),
      at,
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
        title: titleOn(title, at, request.language),
        width: 'wide',
        back: { href: onDay('/settings', at), text: settings },
        children: page,
      }),
    )
  })

  const granting = {
    access: 'administrator',
    scope: { organisationCode: 'registry-organisation' },
  } as const
  server.post('/settings/offices', { config: granting }, async (request, reply) => {
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

  const one = { access: 'administrator', scope: { id: 'office' } } as const
  server.get('/settings/offices/:id/end', { config: one }, async (request, reply) => {
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

  server.post('/settings/offices/end', { config: one }, async (request, reply) => {
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

/** Each setting as it stands on a day, with the row the value comes from; every other row beside. */
async function shownSettings(read: Read, settings: readonly Setting<unknown>[], day: PlainDate) {
  const values = await settingsOn(read, day)
  const all = await settingRows(read)
  return settings
    .filter((setting) => setting.key !== OFFICE_HOURS_SETTING.key)
    .map((setting) => {
      const rows = all.filter((row) => row.key === setting.key)
      const inForce = rows.find((row) => row.validFrom <= day) // the newest first
      return { setting, value: values.get(setting), inForce, rows }
    })
}

/** Offices held on the day looked at where the reader may look. */
async function officesBelow(
  read: Read,
  at: LookedAt & { readonly organisationId: string },
): Promise<Office[]> {
  const { day } = at
  const scope = await scopeOf(read, await headsOf(read, at), day)
  return read.rows<Office>(sql`
    select f.id, f.member_id as "memberId", m.full_name as "memberName", f.position, n.name as "positionName",
           n.name_en as "positionNameEn", f.organisation_id as "organisationId", p.name as "organisationName", f.since, f.until, f.source
      from office f
      join member m on m.id = f.member_id
      join position n on n.code = f.position
      join organisation_period p on p.organisation_id = f.organisation_id and ${trueOn('p', day)}
     where ${inScope(scope)} and ${heldOn('f', day)}
     order by p.path, n.rank, m.sort_key limit 500`)
}

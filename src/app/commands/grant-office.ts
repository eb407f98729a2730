/** `grant-office`: gives somebody an office; on a new installation also adds the person, so that there is a first administrator. */
import type { Write } from '../../kernel/db.ts'
import { isPlainDate, todayIn } from '../../kernel/plain-date.ts'
import { personalIdParts } from '../../kernel/personal-id.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { addPerson } from '../../registry/members/add-person.ts'
import { findMemberByPersonalId } from '../../registry/members/store.ts'
import { POSITIONS } from '../../registry/offices/positions.ts'
import { grantOffice, officesOf } from '../../registry/offices/store.ts'
import { findOrganisationByCode } from '../../registry/organisations/store.ts'
import { openClock } from '../clock.ts'
import { nearest } from '../nearest.ts'
import { CommandError, optionalText, textOf, UsageError, type Asked, type Command } from './command.ts'

export const grantOfficeCommand: Command = {
  name: 'grant-office',
  positionals: [],
  flags: {
    'personal-id': {
      value: 'ID',
      required: true,
      words: { vi: 'số định danh cá nhân, 12 chữ số', en: 'personal ID, 12 digits' },
    },
    name: {
      value: 'NAME',
      required: true,
      words: {
        vi: 'họ và tên; phải trùng với sổ bộ nếu người này đã có',
        en: 'full name; must agree with the registry where it has the person',
      },
    },
    position: {
      value: 'POSITION',
      required: true,
      words: {
        vi: 'mã chức vụ, ví dụ system-administrator',
        en: 'code of the position, e.g. system-administrator',
      },
    },
    organisation: {
      value: 'CODE',
      required: true,
      words: {
        vi: 'mã tổ chức, ví dụ 79.021.000.000.000',
        en: 'code of the organisation, e.g. 79.021.000.000.000',
      },
    },
    since: {
      value: 'YYYY-MM-DD',
      required: true,
      words: { vi: 'ngày nhận chức vụ', en: 'first day in office' },
    },
    'birth-date': {
      value: 'YYYY-MM-DD',
      words: {
        vi: 'ngày sinh: cần khi người này chưa có trong sổ bộ',
        en: 'day of birth: needed when the registry does not have the person',
      },
    },
    sex: {
      value: 'male|female',
      words: {
        vi: 'giới tính; bỏ trống thì theo số định danh',
        en: 'sex; left out, the personal ID says it',
      },
    },
  },
  summary: {
    vi: 'giao một chức vụ (cả người quản trị đầu tiên)',
    en: 'grant an office (also the first administrator)',
  },
  about: {
    vi: [
      'Người chưa có trong sổ bộ được thêm vào, chưa tính ở tổ chức nào. Gọi lại y hệt thì không có gì thay đổi.',
      `Mã chức vụ: ${POSITIONS.join(', ')}.`,
      'JSON: {"memberId", "officeId", "personAdded", "unchanged"}',
    ].join('\n'),
    en: [
      'A person the registry does not have is added, counted in no organisation. Called again alike, nothing changes.',
      `Positions: ${POSITIONS.join(', ')}.`,
      'JSON: {"memberId", "officeId", "personAdded", "unchanged"}',
    ].join('\n'),
  },
  async run(asked, io) {
    const grant = readGrant(asked)
    const { database, trial } = await asked.open()
    const clock = await openClock(database)
    clock.close()
    const today = todayIn(clock.now())
    const done = await database.transaction((write) =>
      carryOut(write, grant, { today, allowTestPrefixes: trial }),
    )
    const words = done.unchanged
      ? { vi: 'Đã có chức vụ này từ trước.', en: 'The office is held already.' }
      : { vi: 'Đã giao chức vụ.', en: 'The office was granted.' }
    io.say(words[io.language])
    io.result(done)
    return true
  },
}

interface Grant {
  readonly personalId: string
  readonly fullName: string
  readonly position: string
  readonly organisationCode: string
  readonly since: string
  readonly birthDate: string | undefined
  readonly sex: 'male' | 'female' | undefined
}

function readGrant(asked: Asked): Grant {
  const position = textOf(asked, 'position')
  if (!(POSITIONS as readonly string[]).includes(position)) {
    const close = nearest(position, POSITIONS)
    throw new UsageError('usage.position', {
      vi: `Không có chức vụ "${position}".${close ? ` Có phải "${close}"?` : ''} Xem: grant-office --help`,
      en: `There is no position "${position}".${close ? ` Did you mean "${close}"?` : ''} See: grant-office --help`,
    })
  }
  const sex = optionalText(asked, 'sex')
  if (sex !== undefined && sex !== 'male' && sex !== 'female') throw invalid('sex', 'male|female')
  const birthDate = optionalText(asked, 'birth-date')
  for (const [flag, date] of [
    ['since', textOf(asked, 'since')],
    ['birth-date', birthDate],
  ] as const) {
    if (date !== undefined && !isPlainDate(date)) throw invalid(flag, 'YYYY-MM-DD')
  }
  return {
    personalId: textOf(asked, 'personal-id').replaceAll(' ', ''),
    fullName: textOf(asked, 'name'),
    organisationCode: textOf(asked, 'organisation'),
    since: textOf(asked, 'since'),
    position,
    birthDate,
    sex,
  }
}

function invalid(flag: string, form: string): UsageError {
  return new UsageError('usage.flag-value', {
    vi: `--${flag} phải có dạng ${form}`,
    en: `--${flag} must have the form ${form}`,
  })
}

async function carryOut(write: Write, grant: Grant, day: { today: string; allowTestPrefixes: boolean }) {
  const organisation = await findOrganisationByCode(write, grant.organisationCode, day.today)
  if (!organisation) {
    throw new CommandError('organisation.unknown', {
      vi: `Không có tổ chức mang mã ${grant.organisationCode}. Hãy nhập danh sách tổ chức trước (import-organisations).`,
      en: `There is no organisation with the code ${grant.organisationCode}. Import the organisations first (import-organisations).`,
    })
  }
  const known = await findMemberByPersonalId(write, grant.personalId)
  if (known && foldName(known.fullName) !== foldName(grant.fullName)) {
    throw new CommandError('member.name-differs', {
      vi: 'Sổ bộ có số định danh này với họ tên khác. Hãy xem lại --personal-id và --name.',
      en: 'The registry has this personal ID under another name. Check --personal-id and --name.',
    })
  }
  const memberId = known?.id ?? (await addNewPerson(write, grant, day.allowTestPrefixes))
  const { position, since } = grant
  const office = { memberId, position, organisationId: organisation.id, since, source: 'grant-office' }
  const held = await findHeld(write, office)
  const officeId = held ?? (await grantOffice(write, office))
  return { memberId, officeId, personAdded: known === undefined, unchanged: held !== undefined }
}

async function addNewPerson(write: Write, grant: Grant, allowTestPrefixes: boolean): Promise<string> {
  const sex = grant.sex ?? personalIdParts(grant.personalId)?.sex
  if (grant.birthDate === undefined || sex === undefined) {
    throw new CommandError('member.unknown', {
      vi: 'Sổ bộ chưa có người này. Để thêm vào, hãy ghi --birth-date và số định danh đúng (kèm --sex nếu cần).',
      en: 'The registry does not have this person. To add them give --birth-date and a valid personal ID (with --sex if needed).',
    })
  }
  const { personalId, fullName, birthDate } = grant
  return addPerson(write, { personalId, fullName, birthDate, sex }, { allowTestPrefixes })
}

/** The same office from the same day on: the command was called again. */
async function findHeld(
  write: Write,
  office: { memberId: string; position: string; organisationId: string; since: string },
): Promise<string | undefined> {
  const offices = await officesOf(write, office.memberId, office.since)
  return offices.find(
    (held) =>
      held.position === office.position &&
      held.organisationId === office.organisationId &&
      held.since === office.since,
  )?.id
}

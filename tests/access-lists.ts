/** Routes that name nobody's thing but show some: what of this world each of them shows to whom. */
import { chainOf, type Asker, type DossierThing, type Things } from './access-places.ts'
import { asksAtResidence, FEE_HANDLING, RULES, type Target } from './access-rules.ts'

export interface List {
  /** 'GET /registry/members' */
  readonly route: string
  /** the address asked, where it is another than the route's */
  readonly asked?: string
  readonly accept?: string
  /** a form whose answer leads to the page: what is searched for stands in no address */
  readonly search?: { readonly url: string; readonly fields: Readonly<Record<string, string>> }
  /** what stands in the answer when the thing is shown */
  readonly mark: string
  shows(who: Asker, things: Things): boolean
}

const SUBJECT = 'Lý Thị Kín'
const JSON_PLEASE = 'application/json'

const by =
  (target: Target) =>
  (who: Asker): boolean =>
    RULES[target.scope as keyof typeof RULES](who, target) === 'may'

const member = by({ scope: 'registry-member', place: 'cell' })
/** Its turn is the cell's. */
const correction = (who: Asker): boolean =>
  who.place === 'cell' && who.role.startsWith('cell-') && !who.deputy && !who.former
const planned = by({ scope: 'reorganisation', place: 'ward' })
const handed = by({ scope: 'hand-over', place: 'cell' })
const questioned = by({ scope: 'question', place: 'ward' })
const imported = by({ scope: 'import', place: 'ward' })
/** Fees of the cell: its own leaders’. */
const collecting = (who: Asker): boolean =>
  who.place === 'cell' && who.role.startsWith('cell-') && !who.deputy && !who.former
const isOffice = (who: Asker): boolean => who.role !== 'member' && who.role !== 'nobody'
const isSubject = (who: Asker, { subject }: Things): boolean =>
  who.memberId === subject.memberId && who.role === 'member'
const isInspector = (who: Asker): boolean => who.role === 'inspection-chair' && !who.deputy

/** Queues are the organisation's that has the dossier, had it, or will: not of those above. */
const passes = (dossier: (things: Things) => DossierThing) => (who: Asker, things: Things) =>
  isOffice(who) &&
  who.role !== 'system-administrator' &&
  who.deputy?.covers !== false &&
  who.place !== null &&
  dossier(things).way.includes(who.place)
const passesMain = passes(({ dossiers }) => dossiers.main)
const ownsMain = (who: Asker, things: Things): boolean =>
  who.role === 'member' &&
  (who.deputy?.of ?? who.memberId) === things.subject.memberId &&
  who.deputy?.covers !== false

/** Both deputies of the subject bear the same name: each sees the own delegation. */
const isDelegationParty = (who: Asker, { subject }: Things): boolean =>
  who.memberId === subject.memberId || (who.role === 'member' && who.deputy?.of === subject.memberId)

/** A cell's fees are its handlers' alone: not of those above, and no delegation of another procedure opens them. */
const collects = (who: Asker): boolean =>
  who.place === 'cell' && FEE_HANDLING.includes(who.role) && !who.deputy && !who.former

/** Accounts of the cell’s: its own handlers’, and those of the committees above. */
const keepsAccounts = (who: Asker): boolean =>
  RULES['fee-account'](who, { scope: 'fee-account', place: 'cell' }) === 'may'
const isAboveCell = (who: Asker): boolean => keepsAccounts(who) && who.place !== 'cell'

const inQueue = (queue: string) => ({ route: 'GET /queue.csv', asked: `/queue.csv?queue=${queue}` })

/** The member asked about at the residence. */
const RESIDENT = 'Lý Thị Ở Trọ'
const ofResidence = (who: Asker): boolean =>
  isOffice(who) &&
  who.role !== 'system-administrator' &&
  !who.deputy &&
  !who.former &&
  ['ward', 'otherWard', 'otherCell'].includes(who.place ?? '')
/** Those above a commune see its comments; of a commission who looks after members. */
const aboveResidence = (who: Asker): boolean =>
  !who.deputy &&
  !who.former &&
  ((isOffice(who) && who.place === 'city' && who.role !== 'system-administrator') ||
    (who.place === 'commission' && ['commission-head', 'commission-officer'].includes(who.role)))

/** A temporary stay in lists: the official place with those above it, and the host with its cell. */
const seesStay = (who: Asker): boolean =>
  isOffice(who) &&
  who.role !== 'system-administrator' &&
  !who.deputy &&
  !who.former &&
  (isOver(who, 'cell') || ['otherWard', 'otherCell'].includes(who.place ?? ''))

export const LISTS: readonly List[] = [
  { route: 'GET /temporary-transfers/guests', mark: 'Lý Thị Tạm<', shows: seesStay },
  {
    route: 'GET /temporary-transfers/begin',
    mark: SUBJECT,
    shows: (who) =>
      who.place === 'cell' && ['cell-secretary', 'cell-deputy-secretary'].includes(who.role) && !who.deputy,
  },
  {
    route: 'GET /residence-comments',
    mark: RESIDENT,
    shows: (who) => ofResidence(who) || aboveResidence(who),
  },
  {
    route: 'GET /api/v1/residence-comments',
    accept: JSON_PLEASE,
    mark: RESIDENT,
    shows: (who) => ofResidence(who) || aboveResidence(who),
  },
  {
    route: 'GET /residence-comments/ask',
    mark: RESIDENT,
    shows: (who) => asksAtResidence(who) && who.place === 'ward',
  },
  { route: 'GET /residence-referrals', mark: RESIDENT, shows: ofResidence },
  // the table at which a cell writes its comments
  {
    route: 'GET /residence-comments/sitting',
    mark: RESIDENT,
    shows: (who) => ofResidence(who) && who.place === 'otherCell',
  },
  // and the same on paper, for its meeting with the front board
  {
    route: 'GET /residence-comments/sitting/print',
    mark: RESIDENT,
    shows: (who) => ofResidence(who) && who.place === 'otherCell',
  },
  { route: 'GET /fees/month', mark: SUBJECT, shows: collects },
  { route: 'GET /fees/month.csv', mark: SUBJECT, shows: collects },
  // those above see totals here, and nobody's name
  { route: 'GET /fees/follow', mark: SUBJECT, shows: collects },
  { route: 'GET /fees/follow.csv', mark: SUBJECT, shows: collects },
  { route: 'GET /fees/bank', mark: 'DANG UY KIEM THU', shows: collects },
  { route: 'GET /fees/bank/review', mark: 'khong ro', shows: collects },
  { route: 'GET /api/v1/fees/bank/review', accept: JSON_PLEASE, mark: 'khong ro', shows: collects },
  { route: 'GET /api/v1/fees/month', accept: JSON_PLEASE, mark: SUBJECT, shows: collects },
  { route: 'GET /fees/books', asked: '/fees/books?book=s01-collection', mark: SUBJECT, shows: collects },
  {
    route: 'GET /api/v1/fees/books',
    asked: '/api/v1/fees/books?book=s01-collection&period=2026-09',
    accept: JSON_PLEASE,
    mark: SUBJECT,
    shows: collects,
  },
  {
    route: 'GET /fees/books/behind',
    asked: '/fees/books/behind?of=members&period=2026-09',
    mark: SUBJECT,
    shows: collects,
  },
  // the one of the world may have been answered by now
  {
    route: 'GET /fees/declarations',
    mark: 'aria-label="Mục đảng phí"',
    shows: (who) => FEE_HANDLING.includes(who.role) && !who.deputy && !who.former,
  },
  {
    route: 'GET /fees/reliefs',
    mark: SUBJECT,
    shows: (who) =>
      ['cell', 'ward'].includes(who.place ?? '') &&
      FEE_HANDLING.includes(who.role) &&
      !who.deputy &&
      !who.former,
  },
  // the one of the world may have been withdrawn by now
  {
    route: 'GET /fees/refunds',
    mark: 'aria-label="Mục đảng phí"',
    shows: (who) => FEE_HANDLING.includes(who.role) && !who.deputy && !who.former,
  },
  { route: 'GET /registry/members', asked: '/registry/members?on=2026-01-15', mark: SUBJECT, shows: member },
  {
    route: 'GET /api/v1/members',
    asked: '/api/v1/members',
    mark: '"total":1,',
    // one is counted at each of the two destinations
    shows: (who) =>
      ['otherCell', 'foreignCell', 'foreignWard', 'province'].includes(who.place ?? '') &&
      isOffice(who) &&
      who.role !== 'system-administrator' &&
      !who.deputy,
  },
  { route: 'GET /registry/members', mark: SUBJECT, shows: member },
  { route: 'GET /registry/members/print', mark: SUBJECT, shows: member },
  {
    route: 'GET /registry/members/export.:format',
    asked: '/registry/members/export.csv',
    mark: SUBJECT,
    shows: member,
  },
  { route: 'GET /api/v1/members', asked: '/api/v1/members?q=ly%20thi%20kin', mark: SUBJECT, shows: member },
  {
    route: 'GET /registry',
    mark: 'Chi bộ khu phố 3<',
    shows: (who) => isOffice(who) && !who.deputy && seesACell(who),
  },
  { route: 'GET /registry/corrections', mark: 'Lý Thị Kính', shows: correction },
  { route: 'GET /api/v1/corrections', accept: JSON_PLEASE, mark: 'Lý Thị Kính', shows: correction },
  { route: 'GET /import', mark: 'dang-vien.csv', shows: imported },
  { route: 'GET /api/v1/imports', accept: JSON_PLEASE, mark: 'dang-vien.csv', shows: imported },
  {
    route: 'GET /settings/offices',
    mark: 'office-clerk ward',
    shows: (who) => isOffice(who) && !who.deputy && isOver(who, 'ward'),
  },
  {
    route: 'GET /',
    search: { url: '/holds/search', fields: { member: 'ly thi kin' } },
    mark: `>${SUBJECT}<`,
    shows: (who, things) =>
      (isInspector(who) && isOver(who, 'cell')) || (passesMain(who, things) && isTodo(who)),
  },
  {
    ...inQueue('waiting'),
    mark: SUBJECT,
    shows: (who, things) => passesMain(who, things) && !isTodo(who) && !isComing(who),
  },
  {
    ...inQueue('coming'),
    mark: SUBJECT,
    shows: (who, things) => passesMain(who, things) && isComing(who),
  },
  { ...inQueue('todo'), mark: SUBJECT, shows: (who, things) => passesMain(who, things) && isTodo(who) },
  {
    route: 'GET /api/v1/dossiers',
    asked: '/api/v1/dossiers?queue=own',
    accept: JSON_PLEASE,
    mark: SUBJECT,
    shows: ownsMain,
  },
  { route: 'GET /reorganisations', mark: 'Sắp xếp chi bộ', shows: planned },
  { route: 'GET /api/v1/reorganisations', accept: JSON_PLEASE, mark: 'Sắp xếp chi bộ', shows: planned },
  { route: 'GET /hand-overs', mark: 'Chi bộ khu phố 10', shows: handed },
  { route: 'GET /api/v1/hand-overs', accept: JSON_PLEASE, mark: 'Chi bộ khu phố 10', shows: handed },
  { route: 'GET /api/v1/reading-questions', accept: JSON_PLEASE, mark: 'Vì sao xem?', shows: questioned },
  {
    route: 'GET /my-record/data',
    mark: SUBJECT,
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /api/v1/my-record/data',
    accept: JSON_PLEASE,
    mark: SUBJECT,
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /my-record/readings',
    mark: 'Vì sao xem?',
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /api/v1/my-record/readings',
    accept: JSON_PLEASE,
    mark: 'Vì sao xem?',
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /delegations',
    mark: 'deputy member cell',
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /api/v1/delegations',
    accept: JSON_PLEASE,
    mark: '"delegateName":"deputy member cell"',
    shows: isDelegationParty,
  },
  { route: 'GET /my-record', mark: SUBJECT, shows: (who, { subject }) => who.memberId === subject.memberId },
  {
    route: 'GET /api/v1/my-record',
    accept: JSON_PLEASE,
    mark: SUBJECT,
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  {
    route: 'GET /my-record/export',
    accept: JSON_PLEASE,
    mark: SUBJECT,
    shows: (who, { subject }) => who.memberId === subject.memberId,
  },
  { route: 'GET /api/v1/notices', accept: JSON_PLEASE, mark: '"correction.asked"', shows: isSubject },
  { route: 'GET /fees/accounts', mark: '9990001112', shows: keepsAccounts },
  { route: 'GET /api/v1/fees/accounts', accept: JSON_PLEASE, mark: '9990001112', shows: keepsAccounts },
  { route: 'GET /fees/accounts/below', mark: 'DANG UY KIEM THU', shows: isAboveCell },
  { route: 'GET /fees/collect', mark: SUBJECT, shows: collecting },
  { route: 'GET /fees/cash', mark: SUBJECT, shows: collecting },
  { route: 'GET /fees/cash/slips', mark: SUBJECT, shows: collecting },
  {
    route: 'GET /registers',
    mark: 'Lý Văn Xong',
    shows: (who) =>
      isOffice(who) &&
      who.role !== 'system-administrator' &&
      who.deputy?.covers !== false &&
      isReferring(who),
  },
]

/** Routes by GET that name nothing and show nothing of anybody but the asker; each with what they show. */
export const NAMING_NOBODY: Readonly<Record<string, string>> = {
  'GET /residence-comments/begin': 'an empty form',
  'GET /residence-comments/list.xlsx': 'the lines of /residence-comments in a workbook',
  'GET /temporary-transfers/guests.xlsx': 'the lines of /temporary-transfers/guests in a workbook',
  'GET /residence-comments/season': 'months and days of a province; no member stands there',
  'GET /fees/declare': 'the asker’s own declarations',
  'GET /fees/declare/check': 'the asker’s own draft of a declaration',
  'GET /fees/relief': 'the asker’s own requests',
  'GET /fees/relief/new': 'an empty form',
  'GET /api/v1/fees/reliefs': 'what GET /fees/reliefs shows, for programs',
  'GET /fees/accounts/below.csv': 'what GET /fees/accounts/below shows, packed',
  'GET /api/v1/fees/accounts/below': 'what GET /fees/accounts/below shows, for programs',
  'GET /fees/remit': 'what the asker’s own organisation has to share out; no member stands there',
  'GET /api/v1/fees/remittances': 'the same for programs',
  'GET /fees/remit/below': 'organisations below and what they remit; no member stands there',
  'GET /api/v1/fees/remittances/below': 'the same for programs',
  'GET /fees/region': 'the region of the asker’s own organisation',
  'GET /fees/report-column': 'the column of the asker’s own organisation',
  'GET /fees/month.xlsx': 'what GET /fees/month.csv shows, packed',
  'GET /fees/books.xlsx': 'what GET /fees/books shows, packed',
  'GET /fees/books.pdf': 'what GET /fees/books shows, as a sealed paper',
  'GET /fees/books/vouchers': 'vouchers of the asker’s own organisation',
  'GET /fees/books/vouchers/undo': 'a voucher of the asker’s own organisation, by its number there',
  'GET /fees/published': 'what the asker’s own cell made public',
  'GET /fees/published.pdf': 'what the asker’s own cell made public, as a sealed paper',
  'GET /api/v1/fees/declarations': 'what GET /fees/declarations shows, for programs',
  'GET /settings/log': 'the standing of the log, without what it holds',
  'GET /settings/log/checkpoints/:id': 'a signed sum over the log',
  'GET /settings/breaches': 'breaches of the installation, which every administrator keeps',
  'GET /settings/breaches.csv': 'breaches of the installation, which every administrator keeps',
  'GET /api/v1/breaches': 'breaches of the installation, which every administrator keeps',
  'GET /settings/processing': 'the register of processing, which names nobody',
  'GET /my-record/readings/ask': 'a line of the asker’s own readings',
  'GET /my-record/notice': 'the notice on personal data',
  'GET /api/v1/my-record/notice': 'the notice on personal data',
  'GET /my-record/choices': 'the asker’s own choices',
  'GET /api/v1/my-record/choices': 'the asker’s own choices',
  'GET /registry/questions': 'the questions of /api/v1/reading-questions on a page',
  'GET /reorganisations/begin': 'an empty form',
  'GET /sessions': 'the asker’s own sign-ins',
  'GET /api/v1/session': 'the asker’s own session',
  'GET /api/v1/hats': 'the asker’s own hats',
  'GET /api/v1/sessions': 'the asker’s own sign-ins',
  'GET /queue.xlsx': 'the lines of /queue.csv in a workbook',
  'GET /settings': 'settings, which are everybody’s in an office',
  'GET /api/v1/settings': 'settings, which are everybody’s in an office',
  'GET /settings/calendar': 'the working calendar',
  'GET /queued': 'the acts the asker wrote',
  'GET /access/matrix': 'the routes and their rules',
  'GET /notices': 'the notices of /api/v1/notices on a page',
  'GET /transfers/begin': 'an empty form, or the way to the asker’s own dossier',
  'GET /transfers/destinations': 'names of organisations, which are open to who is signed in',
  'GET /api/v1/organisations/search': 'names of organisations, which are open to who is signed in',
  'GET /fees': 'the asker’s own fees',
  'GET /api/v1/fees': 'the asker’s own fees',
  'GET /registers/:year.pdf': 'the lines of /registers, sealed',
  'GET /registers/:year.xlsx': 'the lines of /registers in a workbook',
  'GET /my-record/report': 'the asker’s own record',
  'GET /api/v1/my-record/corrections': 'what the asker reported',
}

/** The ward has the dossier now, and these of it may act. */
const isTodo = (who: Asker): boolean =>
  who.place === 'ward' &&
  ['committee-secretary', 'committee-standing-deputy', 'building-head', 'building-officer'].includes(who.role)

/** It will come to these. */
const isComing = (who: Asker): boolean => ['commission', 'foreignWard'].includes(who.place ?? '')

const isReferring = (who: Asker): boolean => ['cell', 'ward', 'commission'].includes(who.place ?? '')

const isOver = (who: Asker, place: 'ward' | 'cell'): boolean =>
  who.place !== null && chainOf(place).includes(who.place)

/** Cells of two wards bear the same name. */
const seesACell = (who: Asker): boolean => ['ward', 'cell', 'otherCell'].includes(who.place ?? '')

/** Everything kept about a person, for the person (91/2025/QH15 art. 4): section by section, as JSON and as a page. */
import type { RawBuilder } from 'kysely'
import { sql } from '../../kernel/db.ts'
import type { Language } from '../../kernel/plain-date.ts'
import type { Web } from '../../web/web.ts'

/** The form of the export; a change that readers of an older one would misread makes a new number. */
export const OWN_DATA_SCHEMA = 'dangvu.own-data/1'

type Words = Readonly<Record<Language, string>>
export type OwnRow = Readonly<Record<string, unknown>>

export interface OwnDataSection {
  readonly key: string
  readonly title: Words
  /** the columns that name the member and whose rows are here: 'table.column' */
  readonly covers: readonly string[]
  /** what the page shows of a row, in order; the JSON has all */
  readonly columns: Readonly<Record<string, Words>>
  readonly rows: (memberId: string, inWriting: AllInWriting) => RawBuilder<OwnRow>
}

const organisation = (id: string) => sql`(select name from organisation_period z
  where z.organisation_id = ${sql.raw(id)} order by z.valid_from desc limit 1)`
const positionName = (code: string) => sql`(select name from position z where z.code = ${sql.raw(code)})`

/** What a procedure says is not yet the member's to read: see `Feature.inWriting`. */
type AllInWriting = Web['inWriting']
const joinWriting = (inWriting: AllInWriting) => sql`
  left join jsonb_to_recordset(${JSON.stringify(inWriting)}::jsonb) as w(procedure text, until text, state jsonb, events jsonb)
    on w.procedure = d.procedure and d.state -> w.until is null`

const AT: Words = { vi: 'Lúc', en: 'When' }
const WHERE: Words = { vi: 'Đơn vị', en: 'Organisation' }
const OFFICE: Words = { vi: 'Chức vụ', en: 'Office' }
const NUMBER: Words = { vi: 'Số hồ sơ', en: 'Dossier number' }
const FROM: Words = { vi: 'Từ', en: 'From' }
const TO: Words = { vi: 'Đến', en: 'To' }
const WHAT: Words = { vi: 'Nội dung', en: 'What' }
const STATUS: Words = { vi: 'Trạng thái', en: 'Status' }
const HASH: Words = { vi: 'Mã đối chiếu (SHA-256)', en: 'SHA-256' }
const FILE: Words = { vi: 'Tệp', en: 'File' }

export const OWN_DATA: readonly OwnDataSection[] = [
  {
    key: 'facts',
    title: { vi: 'Thông tin trong danh sách đảng viên', en: 'Facts in the list of members' },
    covers: [],
    columns: {},
    rows: (id) =>
      sql`select to_jsonb(m) - array['name_norm', 'sort_key', 'row_digest'] as facts from member m where id = ${id}`,
  },
  {
    key: 'memberships',
    title: { vi: 'Nơi sinh hoạt đảng qua các thời gian', en: 'Where counted, over time' },
    covers: ['membership.member_id'],
    columns: { organisation: WHERE, since: FROM, until: TO, reason: WHAT },
    rows: (id) => sql`
      select ${organisation('s.organisation_id')} as organisation, s.standing, s.since, s.until, s.reason, s.dossier_id as "dossierId"
        from membership s where s.member_id = ${id} order by s.since, s.until nulls last`,
  },
  {
    key: 'offices',
    title: { vi: 'Chức vụ', en: 'Offices' },
    covers: ['office.member_id'],
    columns: { position: OFFICE, organisation: WHERE, since: FROM, until: TO },
    rows: (id) => sql`
      select ${positionName('x.position')} as position, ${organisation('x.organisation_id')} as organisation, x.since, x.until, x.source
        from office x where x.member_id = ${id} order by x.since, x.id`,
  },
  {
    key: 'dossiers',
    title: { vi: 'Hồ sơ thủ tục', en: 'Dossiers' },
    covers: ['dossier.subject_id'],
    columns: { number: NUMBER, procedure: WHAT, status: STATUS, openedAt: AT },
    rows: (id, inWriting) => sql`
      select d.id, d.number, d.procedure, d.status, d.opened_at as "openedAt", d.changed_at as "changedAt",
             d.state - coalesce(array(select jsonb_array_elements_text(w.state)), '{}') as state
        from dossier d ${joinWriting(inWriting)} where d.subject_id = ${id} order by d.opened_at, d.id`,
  },
  {
    key: 'dossierEvents',
    title: { vi: 'Từng bước của các hồ sơ', en: 'Every step of the dossiers' },
    covers: [],
    columns: { number: NUMBER, type: WHAT, at: AT, position: OFFICE, organisation: WHERE },
    rows: (id, inWriting) => sql`
      select d.number, e.dossier_id as "dossierId", e.number as step, e.type, e.at, ${positionName('e.position')} as position,
             ${organisation('e.organisation_id')} as organisation,
             case when w.events ? e.type then '{}' else e.data end as data
        from dossier_event e join dossier d on d.id = e.dossier_id ${joinWriting(inWriting)}
       where d.subject_id = ${id} order by e.at, e.dossier_id, e.number`,
  },
  {
    key: 'papers',
    title: { vi: 'Giấy tờ đã cấp', en: 'Papers issued' },
    covers: [],
    columns: { number: NUMBER, kind: WHAT, issuedOn: AT, address: FILE, sha256: HASH },
    rows: (id) => sql`
      select d.number, p.kind, p.symbol, p.issued_on as "issuedOn", p.sha256, p.voided_at as "voidedAt", p.void_reason as "voidReason",
             '/verify/' || p.token as address
        from paper p join dossier d on d.id = p.dossier_id where d.subject_id = ${id} order by p.created_at, p.id`,
  },
  {
    key: 'files',
    title: { vi: 'Tệp đính kèm hồ sơ', en: 'Files attached to dossiers' },
    covers: [],
    columns: { number: NUMBER, name: FILE, addedAt: AT, sha256: HASH },
    rows: (id) => sql`
      select d.number, f.id, f.role, f.name, f.sha256, f.added_at as "addedAt", f.removed_at as "removedAt"
        from dossier_file f join dossier d on d.id = f.dossier_id where d.subject_id = ${id} order by f.added_at, f.id`,
  },
  {
    key: 'drafts',
    title: { vi: 'Đơn đang viết dở', en: 'Half-filled forms' },
    covers: ['form_draft.member_id'],
    columns: { form: WHAT, keptAt: AT },
    rows: (id) => sql`
      select form, dossier_id as "dossierId", fields, kept_at as "keptAt" from form_draft where member_id = ${id} order by kept_at`,
  },
  {
    key: 'refusedUploads',
    title: { vi: 'Tệp bị từ chối vì là tài liệu mật', en: 'Files refused as secret' },
    covers: ['refused_upload.member_id'],
    columns: { confidentiality: WHAT, at: AT },
    rows: (id) => sql`select at, confidentiality from refused_upload where member_id = ${id} order by at`,
  },
  {
    key: 'corrections',
    title: { vi: 'Thông tin đã báo sai', en: 'Errors reported' },
    covers: ['correction_request.member_id'],
    columns: {
      field: WHAT,
      proposed: { vi: 'Đề nghị ghi', en: 'Proposed' },
      status: STATUS,
      answer: { vi: 'Trả lời', en: 'Answer' },
      askedAt: AT,
    },
    rows: (id) => sql`
      select c.id, c.field, c.proposed, c.explanation, c.status, c.asked_at as "askedAt", c.answered_at as "answeredAt", c.answer,
             c.undoes, (select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'at', s.at, 'position', s.position,
                                         'verdict', s.verdict, 'words', s.words) order by s.number), '[]')
                          from correction_step s where s.request_id = c.id) as steps
        from correction_request c where c.member_id = ${id} order by c.asked_at, c.id`,
  },
  {
    key: 'views',
    title: { vi: 'Ai đã xem hồ sơ, giấy tờ', en: 'Who looked at the record and papers' },
    covers: ['record_view.member_id'],
    columns: { kind: WHAT, position: OFFICE, organisation: WHERE, at: AT },
    rows: (id) => sql`
      select v.kind, ${positionName('v.position')} as position, ${organisation('v.organisation_id')} as organisation,
             v.dossier_id as "dossierId", v.at
        from record_view v where v.member_id = ${id} order by v.at, v.id`,
  },
  {
    key: 'wholeNumberLooks',
    title: { vi: 'Ai đã xem đủ số', en: 'Who looked at whole numbers' },
    covers: ['member_reading.member_id'],
    columns: { position: OFFICE, organisation: WHERE, at: AT, reason: WHAT },
    rows: (id) => sql`
      select ${positionName('r.position')} as position, ${organisation('r.organisation_id')} as organisation, r.read_at as at, r.reason
        from member_reading r where r.member_id = ${id} order by r.read_at, r.id`,
  },
  {
    key: 'questions',
    title: { vi: 'Đã hỏi về việc xem hồ sơ', en: 'Questions about looks' },
    covers: ['reading_question.member_id'],
    columns: { question: WHAT, askedAt: AT, answer: { vi: 'Trả lời', en: 'Answer' } },
    rows: (id) => sql`
      select id, about, question, asked_at as "askedAt", due_at as "dueAt", answered_at as "answeredAt", answer
        from reading_question where member_id = ${id} order by asked_at, id`,
  },
  {
    key: 'textsRead',
    title: { vi: 'Thông báo về dữ liệu đã đọc', en: 'Notices about data read' },
    covers: ['text_reading.member_id'],
    columns: { text: WHAT, version: { vi: 'Bản', en: 'Version' }, readAt: AT },
    rows: (id) => sql`
      select text, version, read_at as "readAt", way from text_reading where member_id = ${id} order by read_at`,
  },
  {
    key: 'consents',
    title: { vi: 'Đồng ý và rút đồng ý', en: 'Consents given and withdrawn' },
    covers: ['consent.member_id'],
    columns: {
      purpose: WHAT,
      given: { vi: 'Đồng ý', en: 'Given' },
      version: { vi: 'Bản', en: 'Version' },
      at: AT,
    },
    rows: (id) => sql`
      select purpose, given, version, at, way from consent where member_id = ${id} order by number`,
  },
  {
    key: 'mail',
    title: { vi: 'Địa chỉ thư điện tử', en: 'E-mail address' },
    covers: ['mail_address.member_id'],
    columns: { address: WHAT, setAt: AT },
    rows: (id) => sql`select address, set_at as "setAt" from mail_address where member_id = ${id}`,
  },
  {
    key: 'notices',
    title: { vi: 'Thông báo', en: 'Notices' },
    covers: ['notice.member_id'],
    columns: { code: WHAT, at: AT, readAt: { vi: 'Đã đọc', en: 'Read' } },
    rows: (id) => sql`
      select code, facts, dossier_id as "dossierId", at, read_at as "readAt" from notice where member_id = ${id} order by at, id`,
  },
  {
    key: 'account',
    title: { vi: 'Tài khoản định danh', en: 'Identity account' },
    covers: ['account.member_id'],
    columns: {
      issuer: WHAT,
      boundAt: FROM,
      lastSignedInAt: { vi: 'Đăng nhập gần nhất', en: 'Last sign-in' },
    },
    rows: (id) => sql`
      select issuer, subject, bound_at as "boundAt", last_signed_in_at as "lastSignedInAt" from account where member_id = ${id}`,
  },
  {
    key: 'sessions',
    title: { vi: 'Lần đăng nhập', en: 'Sessions' },
    covers: ['session.member_id'],
    columns: { device: WHAT, signedInAt: FROM, lastSeenAt: TO },
    rows: (id) => sql`
      select device, signed_in_at as "signedInAt", last_seen_at as "lastSeenAt", ended_at as "endedAt", end_reason as "endReason"
        from session where member_id = ${id} order by signed_in_at, id`,
  },
  {
    key: 'passkeys',
    title: { vi: 'Khóa truy cập trên thiết bị', en: 'Passkeys' },
    covers: ['passkey.member_id'],
    columns: { name: WHAT, createdAt: FROM, lastUsedAt: { vi: 'Dùng gần nhất', en: 'Last used' } },
    rows: (id) => sql`
      select name, created_at as "createdAt", last_used_at as "lastUsedAt", removed_at as "removedAt", removed_why as "removedWhy"
        from passkey where member_id = ${id} order by created_at, id`,
  },
  {
    key: 'queuedActs',
    title: { vi: 'Việc chờ xác thực', en: 'Acts that waited for VNeID' },
    covers: ['queued_act.member_id'],
    columns: { command: WHAT, writtenAt: AT, standing: STATUS },
    rows: (id) => sql`
      select procedure, command, dossier_id as "dossierId", written_at as "writtenAt", standing, settled_at as "settledAt"
        from queued_act where member_id = ${id} order by written_at, id`,
  },
  {
    key: 'reorganisations',
    title: { vi: 'Chuyển nơi sinh hoạt do sắp xếp tổ chức', en: 'Moves by a reorganisation' },
    covers: ['reorganisation_member.member_id'],
    columns: { from: FROM, to: TO },
    rows: (id) => sql`
      select r.reorganisation_id as "reorganisationId", ${organisation('r.from_id')} as "from", ${organisation('r.to_id')} as "to",
             r.standing
        from reorganisation_member r where r.member_id = ${id} order by r.reorganisation_id`,
  },
  {
    key: 'feeDeclarations',
    title: { vi: 'Kê khai đảng phí', en: 'Declarations of Party fees' },
    covers: ['fee_declaration.member_id'],
    columns: { fromPeriod: FROM, status: STATUS, declaredAt: AT },
    rows: (id) => sql`
      select from_period as "fromPeriod", facts, status, declared_at as "declaredAt", answered_at as "answeredAt", reason
        from fee_declaration where member_id = ${id} order by declared_at, id`,
  },
  {
    key: 'feeReliefs',
    title: { vi: 'Đơn miễn, giảm, nộp chậm, nộp trước đảng phí', en: 'Requests for relief of Party fees' },
    covers: ['fee_relief.member_id'],
    columns: { kind: WHAT, fromPeriod: FROM, untilPeriod: TO, status: STATUS, askedAt: AT },
    rows: (id) => sql`
      select kind, from_period as "fromPeriod", until_period as "untilPeriod", hardship, percent, extra_vnd as "extraVnd",
             exemption_number as "exemptionNumber", exemption_from as "exemptionFrom", exemption_until as "exemptionUntil", request,
             said_by as "saidBy", asked_at as "askedAt", ${organisation('organisation_id')} as cell,
             ${organisation('decider_id')} as "decidedBy", status, opinion, opinion_reason as "opinionReason",
             answered_at as "answeredAt", reason, decision_number as "decisionNumber", granted_from as "grantedFrom",
             granted_until as "grantedUntil", granted_percent as "grantedPercent", granted_extra_vnd as "grantedExtraVnd",
             ended_from as "endedFrom", ended_reason as "endedReason"
        from fee_relief where member_id = ${id} order by asked_at, id`,
  },
  {
    key: 'feeRates',
    title: { vi: 'Mức đảng phí theo tháng', en: 'What the tariff says, by months' },
    covers: ['fee_schedule.member_id', 'fee_member.member_id'],
    columns: {
      fromPeriod: FROM,
      untilPeriod: TO,
      class: WHAT,
      amountVnd: { vi: 'Đồng một tháng', en: 'Đồng a month' },
    },
    rows: (id) => sql`
      select s.from_period as "fromPeriod", s.until_period as "untilPeriod", s.class, s.base_vnd as "baseVnd",
             s.amount_vnd as "amountVnd", s.refusal, coalesce(f.auto_approve, true) as "approvedByItself"
        from fee_schedule s left join fee_member f using (member_id) where s.member_id = ${id} order by s.from_period`,
  },
  {
    key: 'feeMonths',
    title: { vi: 'Đảng phí từng tháng', en: 'Fees month by month' },
    covers: ['fee_change.member_id', 'fee_waiting.member_id', 'fee_order_line.member_id'],
    columns: {
      period: { vi: 'Tháng', en: 'Month' },
      amountVnd: { vi: 'Số tiền (đồng)', en: 'Amount (đồng)' },
      paidAt: { vi: 'Nộp lúc', en: 'Paid' },
      reason: WHAT,
    },
    rows: (id) => sql`
      select l.period, l.number, l.kind, l.class, l.amount_vnd as "amountVnd", ${organisation('l.organisation_id')} as organisation,
             l.replaced, l.waiting, l.paid_at as "paidAt", c.kind as "change", c.reason
        from fee_line_now l left join fee_change c using (member_id, period, number)
       where l.member_id = ${id} order by l.period, l.number`,
  },
  {
    key: 'feePayments',
    title: { vi: 'Lệnh nộp và biên lai đảng phí', en: 'Orders to pay fees, and receipts' },
    covers: ['fee_order.payer_id'],
    columns: {
      key: WHAT,
      amountVnd: { vi: 'Số tiền (đồng)', en: 'Amount (đồng)' },
      receipt: { vi: 'Biên lai', en: 'Receipt' },
      madeAt: AT,
    },
    rows: (id) => sql`
      select o.key, o.method, o.amount_vnd as "amountVnd", o.made_at as "madeAt", p.paid_at as "paidAt",
             p.receipt_number || '/' || p.receipt_year as receipt
        from fee_order o left join fee_payment p on p.order_id = o.id where o.payer_id = ${id} order by o.made_at, o.id`,
  },
  {
    key: 'feeRefunds',
    title: { vi: 'Yêu cầu hoàn đảng phí', en: 'Refunds of fees' },
    covers: ['fee_refund.payer_id', 'fee_refund_line.member_id', 'fee_refund_target.member_id'],
    columns: {
      amountVnd: { vi: 'Số tiền (đồng)', en: 'Amount (đồng)' },
      status: STATUS,
      askedAt: AT,
      paidOn: { vi: 'Ngày trả', en: 'Paid back on' },
    },
    // Of somebody else's refund a member has the own months: those it opened, and those that money was moved to. Words, sum and
    // account are the payer's; a correction that came to nothing is no affair of whoever it named.
    rows: (id) => sql`
      select case when o.own then r.amount_vnd else coalesce(l.amount_vnd, t.amount_vnd) end as "amountVnd",
             case when o.own then r.reason end as reason, case when o.own then r.note end as note, r.method, r.status,
             r.asked_at as "askedAt", r.due_on as "dueOn", r.paid_on as "paidOn",
             case when o.own then r.ended_why end as "endedWhy", o.own,
             case when o.own then concat_ws(' ', r.bank_bin, r.account_number, r.holder) end as account, l.lines,
             t.periods as "movedTo"
        from fee_refund r
       cross join lateral (select r.payer_id = ${id} as own) o
       cross join lateral (
         select json_agg(json_build_object('period', l.period, 'amountVnd', l.amount_vnd) order by l.period) as lines,
                sum(l.amount_vnd)::bigint as amount_vnd
           from fee_refund_line l where l.refund_id = r.id and (o.own or l.member_id = ${id})) l
       cross join lateral (
         select json_agg(t.period order by t.period) as periods, sum(f.amount_vnd)::bigint as amount_vnd
           from fee_refund_target t join fee_line f using (member_id, period, number)
          where t.refund_id = r.id and (o.own or t.member_id = ${id} and r.status = 'closed')) t
       where r.id in (select id from fee_refund where payer_id = ${id}
                      union select refund_id from fee_refund_line where member_id = ${id}
                      union select refund_id from fee_refund_target where member_id = ${id})
         and (o.own or l.lines is not null or t.periods is not null)
       order by r.asked_at, r.id`,
  },
  {
    key: 'delegations',
    title: { vi: 'Ủy quyền đã giao và đã nhận', en: 'Delegations given and received' },
    covers: ['delegation.delegator_id', 'delegation.delegate_member_id'],
    columns: {
      direction: WHAT,
      validFrom: FROM,
      validTo: TO,
      basis: { vi: 'Căn cứ', en: 'Basis' },
    },
    rows: (id) => sql`
      select case when delegator_id = ${id} then 'given' else 'received' end as direction, procedures, valid_from as "validFrom",
             valid_to as "validTo", form, basis, granted_at as "grantedAt", revoked_at as "revokedAt"
        from delegation where delegator_id = ${id} or delegate_member_id = ${id} order by granted_at, id`,
  },
]

/** Columns that name a member and whose rows are not in the export, each with the reason. */
export const NOT_OWN_DATA: Readonly<Record<string, string>> = {
  'account_report.member_id':
    'a report of an identity that does not fit: about whoever tried, kept for the inspection',
  'account_report.reported_by': 'an act in office',
  'audit_checkpoint.taken_by': 'an act in office',
  'bank_line_review.by_member': 'an act in office',
  'bank_line_review.confirmed_by': 'an act in office',
  'bank_line_review.sent_by': 'an act in office',
  'bank_line_review.withdrawn_by': 'an act in office',
  'bank_statement.kept_by': 'an act in office',
  'bank_statement_file.handed_in_by': 'an act in office',
  'bank_table_profile.set_by': 'an act in office',
  'breach.recorded_by': 'an act in office',
  'breach_step.recorded_by': 'an act in office',
  'correction_request.answered_by': 'an act in office, in another member’s record',
  'correction_step.actor_id': 'an act in office; the steps of the own requests are with the requests',
  'delegation.revoked_by': 'stands in the delegation itself',
  'dossier_event.actor_id':
    'acts in other members’ dossiers are theirs; the events of the own dossiers are there',
  'dossier_event.on_behalf_of': 'the same',
  'dossier_file.added_by': 'files of the own dossiers are there; of others’ they are theirs',
  'fee_account.declared_by': 'an act in office',
  'fee_account.retired_by': 'an act in office',
  'fee_account.verified_by': 'an act in office',
  'fee_change.made_by': 'an act in office',
  'fee_declaration.answered_by': 'an act in office',
  'fee_declaration.declared_by': 'who declared for the member: the member, or an act in office',
  'fee_drawing.confirmed_by': 'an act in office',
  'fee_drawing.paid_by': 'an act in office',
  'fee_drawing.returned_by': 'an act in office',
  'fee_member.set_by': 'an act in office',
  'fee_order.made_by': 'who made the order: the payer, or an act in office',
  'fee_publication.published_by': 'an act in office',
  'fee_refund.approved_by': 'an act in office',
  'fee_refund.asked_by': 'who asked: the payer, or an act in office',
  'fee_refund.checked_by': 'an act in office',
  'fee_refund.ended_by': 'an act in office, or the payer’s own',
  'fee_refund.paid_by': 'an act in office',
  'fee_region.set_by': 'an act in office',
  'fee_relief.answered_by': 'an act in office, or of withdrawing',
  'fee_relief.asked_by': 'who wrote the request: the member, or an act in office',
  'fee_relief.ended_by': 'an act in office',
  'fee_relief.forwarded_by': 'an act in office',
  'fee_remittance.made_by': 'an act in office',
  'fee_remittance.received_by': 'an act in office',
  'fee_remittance.returned_by': 'an act in office',
  'fee_remittance.sent_by': 'an act in office',
  'fee_report_column.set_by': 'an act in office',
  'fee_report.sent_by': 'an act in office',
  'fee_share.set_by': 'an act in office',
  'fee_voucher.made_by': 'an act in office',
  'fee_waiting.approved_by': 'an act in office',
  'guest_stay.member_id': 'days drawn from the dossier’s state, which is exported',
  'hand_over_act.member_id': 'an act in office',
  'import_attempt.confirmed_by': 'an act in office',
  'import_attempt.handed_in_by': 'an act in office',
  'import_run.run_by': 'an act in office',
  'list_view.read_by': 'an act in office; who was shown in a list stands on the page of readings, by month',
  'member_hold.lifted_by': 'an act in office',
  'member_hold.member_id':
    'of a hold nobody reads the own (294-QĐ/TW 6.3.1): the inspection tells the member itself',
  'member_hold.set_by': 'an act in office',
  'member_search.member_id': 'the name once more, so that it is found; it is exported with the facts',
  'member_reading.read_by': 'an act in office, about another member',
  'office.ended_by': 'an act in office',
  'office.granted_by': 'an act in office',
  'official_transfer.member_id': 'columns drawn from the dossier’s state, which is exported',
  'passkey_challenge.member_id': 'a registration under way for minutes; the passkey itself is exported',
  'reading_question.answered_by': 'an act in office',
  'reorganisation.drafted_by': 'an act in office',
  'reorganisation.signed_by': 'an act in office',
  'reorganisation_event.actor_id': 'an act in office',
  'reorganisation_event.on_behalf_of': 'an act in office',
  'record_view.read_by': 'an act in office, about another member',
  'residence_comment.member_id': 'columns drawn from the dossier’s state, which is exported',
  'residence_referral.member_id': 'columns drawn from the dossier’s state, which is exported',
  'residence_season.set_by': 'an act in office',
  'temporary_transfer.member_id': 'columns drawn from the dossier’s state, which is exported',
}

export interface OwnData {
  readonly schema: typeof OWN_DATA_SCHEMA
  readonly madeAt: Date
  readonly sections: Readonly<Record<string, readonly OwnRow[]>>
}

/** All sections as at one moment. */
export async function ownData(
  { database, clock, inWriting }: Pick<Web, 'database' | 'clock' | 'inWriting'>,
  memberId: string,
): Promise<OwnData> {
  const at = clock.now()
  return database.report(async (read) => {
    const sections: Record<string, readonly OwnRow[]> = {}
    for (const { key, rows } of OWN_DATA) sections[key] = await read.rows(rows(memberId, inWriting))
    return { schema: OWN_DATA_SCHEMA, madeAt: at, sections }
  })
}

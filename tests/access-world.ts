/** The world in which the matrix of access is tried: a real thing of every kind, and somebody of every role in every relation to it. */
import { randomUUID } from 'node:crypto'
import { cookieName } from '../src/identity/cookies.ts'
import { OWN_HAT, type HatChoice } from '../src/identity/hats.ts'
import { csrfOf, openSession } from '../src/identity/sessions.ts'
import { sql } from '../src/kernel/db.ts'
import { addPasskey } from '../src/identity/passkeys.ts'
import { recordNotice } from '../src/kernel/notices.ts'
import { storeFile } from '../src/papers/store.ts'
import { keepAttempt } from '../src/registry/import/attempts.ts'
import { askCorrection } from '../src/registry/members/corrections.ts'
import { setHold } from '../src/registry/members/holds.ts'
import { admitTo, startTransit } from '../src/registry/members/memberships.ts'
import { endOffice, grantOffice } from '../src/registry/offices/store.ts'
import { addMember, addOrganisation, FOUNDED } from '../src/registry/test-builders.ts'
import { queueAct } from '../src/web/queued-acts.ts'
import { assessMonthIn } from '../src/procedures/party-fees/assessing/assess.ts'
import { keepFile } from '../src/procedures/party-fees/reviewing/files.ts'
import { takeCash } from '../src/procedures/party-fees/paying/cash.ts'
import { makeOrder } from '../src/procedures/party-fees/paying/orders.ts'
import { addAccount, addSchedule } from '../src/procedures/party-fees/test-builders.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { SEATS, type Asker, type DossierThing, type PlaceName, type Things } from './access-places.ts'
import { beginStay } from './stay-life.ts'
import { beginTransfer } from './transfer-life.ts'
import type { Visitor } from './transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from './transfer-world.ts'

export interface AccessWorld {
  readonly databaseUrl: string
  /** the moment at which it stands still */
  readonly at: Date
  readonly askers: readonly Asker[]
  readonly things: Things
  /** Everybody was here just now: who does nothing for a quarter of an hour is signed out. */
  wake(): Promise<void>
  /** How many changes the log has kept so far. */
  changes(): Promise<number>
  close(): Promise<void>
}

export async function openAccessWorld(): Promise<AccessWorld> {
  const world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
  const places = await furnishPlaces(world)
  const askers: Asker[] = []
  const things = await furnish(world, places, seats(world, places, askers))
  const wake = async () => {
    await world.change('update session set last_seen_at = now(), created_at = now(), signed_in_at = now()')
  }
  return {
    databaseUrl: world.databaseUrl,
    at: world.now(),
    askers,
    things,
    wake,
    changes: async () => (await world.database.read.one<{ count: number }>(ENTRIES)).count,
    close: () => world.close(),
  }
}

const ENTRIES = sql<{ count: number }>`select count(*) as count from audit_entry`

async function furnishPlaces(world: TransferWorld): Promise<Readonly<Record<PlaceName, string>>> {
  const { places } = world
  return world.database.transaction(async (write) => {
    const farProvince = await addOrganisation(write, 'Đảng bộ Tỉnh Lâm Đồng', 'province', null)
    const farWard = await addOrganisation(write, 'Đảng bộ Phường Xuân Hương', 'commune', farProvince)
    const farCell = await addOrganisation(write, 'Chi bộ tổ dân phố 5', 'cell', farWard)
    return { ...places, farProvince, farWard, farCell }
  })
}

type Seat = ReturnType<typeof seats>

/** Makes askers: each signed in, in the hat named. */
function seats(world: TransferWorld, places: Readonly<Record<PlaceName, string>>, askers: Asker[]) {
  const { database, parts } = world
  const session = async (memberId: string, choice: HatChoice) => {
    const now = new Date()
    const secret = await database.transaction((write) =>
      openSession(write, { memberId, choice, signedInAt: now, device: 'kiểm thử', now }),
    )
    return { cookies: { [cookieName('session', parts.publicUrl)]: secret }, csrf: csrfOf(secret) }
  }
  const person = (name: string, place: PlaceName) =>
    database.transaction((write) => addMember(write, name, places[place]))
  const grant = (memberId: string, position: string, place: PlaceName) =>
    database.transaction((write) =>
      grantOffice(write, {
        memberId,
        position,
        organisationId: places[place],
        since: FOUNDED,
        source: 'kiểm thử',
      }),
    )
  const add = async (about: Omit<Asker, 'cookies' | 'csrf'>, choice: HatChoice) => {
    const asker = { ...about, ...(await session(about.memberId, choice)) }
    askers.push(asker)
    return asker
  }
  return {
    person,
    nobody: () =>
      askers.push({ role: 'nobody', place: null, memberId: '', cookies: {}, csrf: '', name: 'nobody' }),
    member: (memberId: string, place: PlaceName, name: string) =>
      add({ role: 'member', place, memberId, name }, OWN_HAT),
    async office(position: string, place: PlaceName) {
      const memberId = await person(`${position} ${place}`, 'farCell')
      const officeId = await grant(memberId, position, place)
      await add(
        { role: position, place, memberId, name: `${position} of ${place}` },
        { officeId, grantId: null },
      )
      return { memberId, officeId }
    },
    async former(position: string, place: PlaceName) {
      const memberId = await person(`former ${position} ${place}`, 'farCell')
      const officeId = await grant(memberId, position, place)
      await add(
        { role: 'member', place: 'farCell', memberId, former: true, name: `former ${position} of ${place}` },
        { officeId, grantId: null },
      )
      await database.transaction((write) => endOffice(write, officeId, '2026-08-20'))
    },
    /** Acts for the holder of an office, or (without one) in a member's own affairs. */
    async deputy(of: { memberId: string; officeId?: string }, role: string, place: PlaceName, covers = true) {
      const memberId = await person(`deputy ${role} ${place}`, 'farCell')
      const grantId = randomUUID()
      await database.transaction((write) =>
        write.run(sql`
          insert into delegation (id, delegator_id, office_id, delegate_member_id, procedures, valid_from, valid_to, form,
                                  basis, granted_at, signed_in_at)
          values (${grantId}, ${of.memberId}, ${of.officeId ?? null}, ${memberId},
                  ${[covers ? 'official-transfer' : 'another-procedure']}, '2026-01-01', '2099-01-01', 'written',
                  'kiểm thử', now(), now())`),
      )
      const name = `deputy of ${role} of ${place}${covers ? '' : ' for another procedure'}`
      await add(
        { role, place, memberId, deputy: { of: of.memberId, covers }, name },
        { officeId: null, grantId },
      )
      return { memberId, grantId }
    },
  }
}

/** A plan with nothing in it yet. */
const A_PLAN = {
  title: 'Sắp xếp chi bộ',
  decision: { number: '1-QĐ/ĐU', issuer: 'Đảng ủy', signedOn: '2026-09-01' },
  effectiveOn: '2026-12-01',
  bodies: [],
  steps: [],
  continuing: [],
}

/** Minutes of a hand-over from one cell to another, which name nobody. */
const minutesBetween = (giver: string, receiver: string) => {
  const side = (id: string, name: string) => ({ id, name, tier: 'cell', hasSeal: false, ended: false })
  return {
    giver: side(giver, 'Chi bộ khu phố 3'),
    receiver: side(receiver, 'Chi bộ khu phố 10'),
    inside: true,
    organisations: [],
    lists: [],
    members: 0,
    seals: [],
  }
}

/** A look as its member saw it in the list. */
const A_LOOK = {
  key: '1',
  kind: 'record',
  position: 'office-clerk',
  positionName: 'Văn thư',
  positionNameEn: 'Clerk',
  organisationId: randomUUID(),
  organisationName: 'Đảng bộ Phường Tân Tạo',
  dossierNumber: null,
  listName: null,
  people: null,
  reason: null,
  times: 1,
  firstAt: '2026-09-01T08:00:00.000Z',
  lastAt: '2026-09-01T08:00:00.000Z',
}

/** Fills the world: people in every relation, and one thing of every kind. */
async function furnish(
  world: TransferWorld,
  places: Readonly<Record<PlaceName, string>>,
  seat: Seat,
): Promise<Things> {
  const { database } = world
  seat.nobody()
  const offices = new Map<string, { memberId: string; officeId: string }>()
  for (const [place, positions] of SEATS)
    for (const position of positions) offices.set(`${position} ${place}`, await seat.office(position, place))

  const subject = await world.member('Lý Thị Kín', places.cell)
  await seat.member(subject.memberId, 'cell', 'the member')
  await seat.member(await seat.person('Lý Văn Cùng Chi Bộ', 'cell'), 'cell', 'a member of the same cell')
  const gone = await seat.person('Lý Văn Đã Đi', 'cell')
  await database.transaction(async (write) => {
    await startTransit(write, {
      memberId: gone,
      originId: places.cell,
      on: '2026-08-01',
      reason: 'x',
      dossierId: null,
    })
    await admitTo(write, {
      memberId: gone,
      organisationId: places.farCell,
      on: '2026-08-02',
      reason: 'x',
      dossierId: null,
    })
  })
  await seat.member(gone, 'farCell', 'a former member of the cell')
  await seat.former('building-head', 'ward')
  await seat.former('cell-secretary', 'cell')
  await seat.former('inspection-chair', 'ward')
  const standing = (position: string, place: PlaceName) => offices.get(`${position} ${place}`)!
  for (const [position, place] of [
    ['committee-standing-deputy', 'ward'],
    ['building-head', 'ward'],
    ['inspection-chair', 'ward'],
    ['system-administrator', 'ward'],
    ['cell-secretary', 'cell'],
    ['cell-secretary', 'farCell'],
  ] as const)
    await seat.deputy(standing(position, place), position, place)
  await seat.deputy(standing('committee-secretary', 'ward'), 'committee-secretary', 'ward', false)
  const entrusted = await seat.deputy(subject, 'member', 'cell')
  await seat.deputy(subject, 'member', 'cell', false)

  const main = await beginTransfer(world, subject, {}, places.foreignCell)
  const { files, papers, number } = await main.to('committee-review', 1)
  const other = await beginTransfer(world, await world.member('Lý Văn Hai', places.cell))
  const otherView = await other.to('committee-review', 1)
  const received = await beginTransfer(world, await world.member('Lý Văn Ba', places.cell))
  await received.to('received')
  const draft = await beginTransfer(world, await world.member('Lý Văn Nháp', places.cell))
  await seat.member(draft.member.memberId, 'cell', 'the member of a draft')
  const completed = await beginTransfer(world, await world.member('Lý Văn Xong', places.cell))
  await completed.to('completed')
  const dossierOf = (
    life: typeof main,
    more: Pick<DossierThing, 'destination' | 'way'>,
    isDraft = false,
  ) => ({
    id: life.id,
    memberId: life.member.memberId,
    draft: isDraft,
    origin: 'cell' as PlaceName,
    ...more,
  })
  const known = { destination: 'otherCell', way: ['cell', 'ward', 'commission', 'otherWard'] } as const
  const dossiers = {
    main: dossierOf(main, { destination: 'foreignWard', way: ['cell', 'ward', 'commission', 'foreignWard'] }),
    received: dossierOf(received, { destination: null, way: ['cell'] }),
    draft: dossierOf(draft, { destination: null, way: [] }, true),
    completed: dossierOf(completed, { destination: 'otherCell', way: [...known.way, 'otherCell'] }),
  }

  const stay = await beginStay(world, await world.member('Lý Thị Tạm', places.cell))
  await seat.member(stay.member.memberId, 'cell', 'the guest elsewhere')
  const stayView = await stay.to('active')
  const stayDraft = await beginStay(world, await world.member('Lý Văn Tạm Nháp', places.cell))
  await seat.member(stayDraft.member.memberId, 'cell', 'the member of a draft of a stay')
  const stayOf = ({ id, member }: typeof stay) => ({
    id,
    memberId: member.memberId,
    origin: 'cell' as PlaceName,
    undelegated: true as const,
  })
  const stays = {
    main: {
      ...stayOf(stay),
      draft: false,
      destination: 'otherCell' as PlaceName,
      way: ['cell', 'ward', 'otherWard', 'otherCell'] as const,
    },
    draft: { ...stayOf(stayDraft), draft: true, destination: null, way: [] },
    fileId: stayView.files[0]!.id,
    paperId: stayView.papers[0]!.id,
  }
  const residence = await residenceOf(world, await world.member('Lý Thị Ở Trọ', places.cell))
  await seat.member(residence.comment.memberId, 'cell', 'a member asked about at the residence')
  await seat.member(completed.member.memberId, 'otherCell', 'a member of the cell at the residence')

  const held = await seat.person('Lý Văn Bị Giữ', 'cell')
  const heldToo = await seat.person('Lý Văn Cũng Giữ', 'cell')
  const [
    holdId,
    otherHoldId,
    correctionId,
    attemptId,
    runId,
    trialId,
    queuedId,
    planId,
    questionId,
    handOverId,
    feeDeclarationId,
    feeReliefId,
    feeRemittanceId,
    feeDrawingId,
  ] = Array.from({ length: 14 }, () => randomUUID())
  await database.transaction(async (write) => {
    const hold = {
      kind: 'inspection',
      basis: 'QĐ 1',
      setOn: '2026-09-01',
      setBy: gone,
      setByOffice: null,
    } as const
    await setHold(write, { id: holdId!, memberId: held, ...hold })
    await setHold(write, { id: otherHoldId!, memberId: heldToo, ...hold })
    const asked = { field: 'fullName', proposed: 'Lý Thị Kính', explanation: 'sai dấu', at: world.now() }
    await askCorrection(write, { id: correctionId!, memberId: subject.memberId, ...asked })
    await keepAttempt(write, {
      id: attemptId!,
      kind: 'members',
      fileName: 'dang-vien.csv',
      bytes: Buffer.from('x'),
      underId: places.ward,
      handedInBy: standing('building-head', 'ward').memberId,
      handedInAt: world.now(),
    })
    const nothing = { rows: 0, imported: 0, repaired: 0, heldBack: 0, unchanged: 0, unknownColumns: [] }
    for (const id of [runId, trialId])
      await write.run(sql`
        insert into import_run (id, kind, file_name, file_sha256, dry_run, started_at, summary, under_organisation)
        values (${id}, 'members', 'dang-vien.csv', ${'0'.repeat(64)}, true, ${world.now()}, ${JSON.stringify(nothing)}::jsonb,
                ${places.ward})`)
    await write.run(
      sql`update import_attempt set stage = 'tried', trial_run = ${trialId} where id = ${attemptId}`,
    )
    await write.run(sql`
      insert into reorganisation (id, under_organisation, status, version, plan, seen, effective_on, drafted_by, changed_at)
      values (${planId}, ${places.ward}, 'draft', 1, ${JSON.stringify(A_PLAN)}, '{}', '2026-12-01',
              ${standing('building-head', 'ward').memberId}, ${world.now()})`)
    await write.run(sql`
      insert into paper (id, kind, organisation_id, token, signers, created_at, reorganisation_id, places, sha256)
      values (${handOverId}, 'hand-over-minutes', ${places.ward}, ${`token-${handOverId!}`}, '[]', ${world.now()}, ${planId},
              array['giver', 'receiver'], ${await storeFile(write, Buffer.from('%PDF-1.7 biên bản'), 'pdf')})`)
    await write.run(sql`
      insert into hand_over (paper_id, reorganisation_id, kind, giver_id, receiver_id, content, due_on)
      values (${handOverId}, ${planId}, 'minutes', ${places.cell}, ${places.neighbour},
              ${JSON.stringify(minutesBetween(places.cell, places.neighbour))}, '2026-12-31')`)
    await write.run(sql`
      insert into reading_question (id, member_id, about, question, asked_at, to_organisation, to_positions, due_at)
      values (${questionId}, ${subject.memberId}, ${JSON.stringify(A_LOOK)}, 'Vì sao xem?', ${world.now()}, ${places.ward},
              array['building-head', 'building-officer'], ${world.now()})`)
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at)
      values (${feeDeclarationId}, ${subject.memberId}, ${places.cell}, '2026-10-01', '{"student": true}', ${subject.memberId}, ${world.now()})`)
    await write.run(sql`
      insert into fee_relief (id, member_id, organisation_id, decider_id, kind, from_period, until_period, percent, request, asked_by,
                              asked_at, due_on, status, opinion, forwarded_by, forwarded_at)
      values (${feeReliefId}, ${subject.memberId}, ${places.cell}, ${places.ward}, 'reduction', '2026-10-01', '2026-12-01', 50, 'x',
              ${subject.memberId}, ${world.now()}, '2026-10-15', 'forwarded', 'for', ${standing('cell-secretary', 'cell').memberId},
              ${world.now()})`)
    await write.run(sql`
      insert into fee_remittance (id, organisation_id, superior_id, period, number, key, collected_directly_vnd, received_from_below_vnd,
                                  base_vnd, keep_percent, rule, keep_vnd, remit_vnd, held_vnd, due_on, made_by, made_at,
                                  returned_by, returned_at, return_reason)
      values (${feeRemittanceId}, ${places.cell}, ${places.ward}, '2026-08-01', 0, 'DP000000000AB', 100, 0, 100, 70,
              'regulation-01.cell-of-commune', 70, 30, 0, '2026-09-05', ${gone}, ${world.now()},
              ${standing('cell-secretary', 'cell').memberId}, ${world.now()}, 'Trích nhầm')`)
    // Confirmed: said again it does nothing, so that only the question whose it is keeps a stranger out.
    await write.run(sql`
      insert into fee_drawing (id, organisation_id, holder_id, amount_vnd, how, paid_on, paid_by, paid_at, confirmed_by, confirmed_at)
      values (${feeDrawingId}, ${places.cell}, ${places.ward}, 70, 'cash', '2026-09-03', ${gone}, ${world.now()},
              ${standing('cell-secretary', 'cell').memberId}, ${world.now()})`)
    await queueAct(write, {
      id: queuedId!,
      memberId: subject.memberId,
      hat: 'member',
      procedure: 'official-transfer',
      dossierId: dossiers.main.id,
      command: 'explain-lateness',
      fields: { explanation: 'x' },
      expectedNumber: 1,
      writtenAt: world.now(),
    })
    await recordNotice(write, {
      to: { memberId: subject.memberId },
      code: 'correction.asked',
      at: world.now(),
    })
  })
  await world.change(
    `update correction_request set stage = 'cell', awaited_organisation = $2, awaited_positions = array['cell-secretary', 'cell-deputy-secretary'],
            due_at = now() where id = $1`,
    [correctionId, places.cell],
  )
  const passkey = await database.transaction((write) =>
    addPasskey(write, {
      memberId: subject.memberId,
      credentialId: 'khoa-thu',
      publicKey: new Uint8Array(32),
      counter: 0,
      transports: [],
      name: 'Điện thoại',
      now: world.now(),
    }),
  )
  const fees = await owedFees(
    world,
    places.cell,
    subject.memberId,
    standing('cell-secretary', 'cell').memberId,
  )
  const sessionOf = (memberId: string) =>
    database.read.one<{ id: string }>(sql`
      select id from session where member_id = ${memberId} and ended_at is null order by created_at desc limit 1`)
  const notice = await database.read.one<{ id: string }>(sql`
    select id from notice where member_id = ${subject.memberId} and code = 'correction.asked'`)
  return {
    places,
    dossiers,
    stays,
    subject: { memberId: subject.memberId, place: 'cell' as PlaceName },
    residence,
    held: { memberId: held, holdId: holdId!, otherHoldId: otherHoldId!, place: 'cell' as PlaceName },
    organisation: { id: places.ward, code: '79.021.000.000.000', place: 'ward' as PlaceName },
    office: {
      id: standing('office-clerk', 'ward').officeId,
      memberId: standing('office-clerk', 'ward').memberId,
    },
    files: { own: files[0]!.id, foreign: otherView.files[0]!.id },
    papers: { own: papers[0]!.id, foreign: otherView.papers[0]!.id },
    dossierNumber: number ?? '',
    correctionId: correctionId!,
    planId: planId!,
    handOverId: handOverId!,
    feeDeclarationId: feeDeclarationId!,
    feeReliefId: feeReliefId!,
    feeRemittanceId: feeRemittanceId!,
    feeDrawingId: feeDrawingId!,
    questionId: questionId!,
    fees,
    imports: { attempt: attemptId!, run: runId!, place: 'ward' as PlaceName },
    /** all of these are the subject's own */
    own: {
      session: (await sessionOf(subject.memberId)).id,
      notice: notice.id,
      delegation: entrusted.grantId,
      passkey,
      queued: queuedId!,
      delegate: entrusted.memberId,
    },
  }
}

/** A member who works in the ward and lives in the other: the accepted referral, and a comment with the cell there. */
async function residenceOf(
  { officers, places }: TransferWorld,
  { memberId }: Pick<Visitor, 'memberId'>,
): Promise<Things['residence']> {
  const [referralId, commentId] = [randomUUID(), randomUUID()]
  const ask = async (who: Visitor, path: string, fields: object) => {
    const { status, text } = await who.post(`/api/v1/${path}`, { commandId: randomUUID(), ...fields })
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  }
  const { wardDeputy, destinationDeputy } = officers
  const refer = { memberId, communeId: places.otherWard, address: 'Lê Lợi' }
  await ask(wardDeputy, `residence-referrals/${referralId}/refer`, refer)
  await ask(destinationDeputy, `residence-referrals/${referralId}/accept`, { cellId: places.otherCell })
  const request = { memberId, year: 2026, purpose: 'when-needed', reason: 'Khen thưởng' }
  await ask(wardDeputy, `residence-comments/${commentId}/request`, request)
  const thing = (id: string): DossierThing => ({
    id,
    memberId,
    draft: false,
    origin: 'ward',
    destination: 'otherWard',
    way: ['ward', 'otherWard', 'otherCell'],
  })
  return { comment: thing(commentId), referral: thing(referralId) }
}

/** Fees of a member: three months due, for one an order, for another cash that the secretary took now. */
async function owedFees(
  world: TransferWorld,
  cellId: string,
  memberId: string,
  secretaryId: string,
): Promise<Things['fees']> {
  const when = { at: world.now(), today: todayIn(world.now()) }
  const line = (period: string) => ({ memberId, period, number: 0 })
  return world.database.transaction(async (write) => {
    await addSchedule(write, memberId, 15_930)
    const accountId = await addAccount(write, cellId)
    for (const month of ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01'])
      await assessMonthIn(write, month, when.today, [memberId])
    const orderId = await makeOrder(
      write,
      {
        commandId: randomUUID(),
        lines: [line('2026-08-01')],
        asker: { kind: 'own', memberId },
        payer: memberId,
        madeBy: memberId,
      },
      when,
    )
    const paidInCash = async (month: string): Promise<string> => {
      const cash = { commandId: randomUUID(), cellId, lines: [line(month)], receivedBy: secretaryId }
      await takeCash(write, cash, when)
      const { id } = await write.one<{ id: string }>(sql`
        select payment_id as id from fee_line_now where member_id = ${memberId} and period = ${month}::date`)
      return id
    }
    const paymentId = await paidInCash('2026-07-01')
    const refundId = randomUUID()
    await write.run(sql`
      insert into fee_refund (id, payment_id, organisation_id, payer_id, asked_by, asked_at, due_on, reason, amount_vnd, method,
                              paying_id)
      values (${refundId}, ${await paidInCash('2026-06-01')}, ${cellId}, ${memberId}, ${memberId}, ${when.at}, ${when.today},
              'twice', 15930, 'cash', ${cellId})`)
    await write.run(sql`
      insert into fee_refund_line (refund_id, member_id, period, number, amount_vnd)
      values (${refundId}, ${memberId}, '2026-06-01', 0, 15930)`)
    const waitingAccount = randomUUID()
    await write.run(sql`
      insert into fee_account (id, organisation_id, bank_bin, account_number, holder, declared_by, declared_at)
      values (${waitingAccount}, ${cellId}, '970436', '9990001112', 'CHI BO KIN', ${secretaryId}, ${when.at})`)
    const [bankLineId, fileId, otherFileId] = [randomUUID(), randomUUID(), randomUUID()]
    await write.run(sql`
      insert into bank_line (id, account_id, reference, amount_vnd, direction, content, booked_at, source, received_at, outcome)
      values (${bankLineId}, ${accountId}, 'x', 4711, 'in', 'khong ro', ${world.now()}, 'sepay', ${world.now()}, 'unknown')`)
    const { number } = await write.one<{ number: string }>(
      sql`select account_number as number from fee_account where id = ${accountId}`,
    )
    for (const [id, name] of [
      [fileId, 'a.sta'],
      [otherFileId, 'b.sta'],
    ] as const) {
      const bytes = Buffer.from(`:20:${name}\n:25:${number}\n:60F:C260901VND0,\n:62F:C260901VND0,\n`)
      await keepFile(write, { id, accountId, name, bytes, by: secretaryId, at: when.at })
    }
    return {
      line: `${memberId}_2026-09_0`,
      orderId,
      paymentId,
      accountId,
      bankLineId,
      fileId,
      otherFileId,
      refundId,
      waitingAccount,
    }
  })
}

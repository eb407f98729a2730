/** What must stay nowhere: a document marked secret leaves no trace but the refusal; names, numbers and tokens never reach the log. */
import { randomUUID } from 'node:crypto'
import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDecision, anAnswer, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
})
afterAll(() => world.close())

/** Tables (the queue's too) with a row in which this text stands, as text or inside bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows: tables } = await world.change(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`)
  const hex = Buffer.from(text).toString('hex')
  const found: string[] = []
  for (const { name } of tables as { name: string }[]) {
    const { rowCount } = await world.change(
      `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
      [text, hex],
    )
    if (rowCount) found.push(name)
  }
  return found
}

test('a document marked secret is refused unread: nothing of it stays but that somebody was refused', async () => {
  const member = await world.member('Mai Thị Mật')
  const life = await beginTransfer(world, member)
  const canary = 'CHIMHOANGYEN7391'
  const pdf = PDF.create()
  pdf.addPage({ size: 'a4' })
  pdf.setTitle(canary)
  const file = { name: `${canary}.pdf`, type: 'application/pdf', bytes: await pdf.save() }
  expect(Buffer.from(file.bytes).includes(canary)).toBe(true)
  const fields = { commandId: randomUUID(), role: 'decision' }
  const [api, page] = [`/api/v1/official-transfers/${life.id}/files`, `/transfers/${life.id}/files`]
  const before = await tablesWith('refused')

  const answers = [
    await member.upload(api, { ...fields, confidentiality: 'SECRET', note: canary }, file),
    await member.upload(page, { ...fields, confidentiality: 'TUYET_MAT' }, file),
    await member.upload(api, { ...fields, confidentiality: canary }, file),
    await member.form(`/transfers/${life.id}/confidentiality`, { confidentiality: canary, role: 'decision' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
  expect(answers[0]!.code).toBe('transfer.file-secret')
  expect(await tablesWith(canary)).toEqual([])
  expect(world.logged.join('')).not.toContain(canary)
  const { rows } = await world.change(
    'select member_id, confidentiality from refused_upload order by confidentiality',
  )
  expect(rows.map(({ member_id }) => member_id as string)).toEqual(Array(4).fill(member.memberId))
  expect((await member.sees(life.id)).files).toEqual([])
  expect(before, 'the scan looks into every table').not.toContain('public.refused_upload')

  // The scan finds what is there: the same file, not secret.
  expect((await member.upload(api, { ...fields, confidentiality: 'NON_SECRET' }, file)).status).toBe(200)
  expect(await tablesWith(canary)).toEqual(
    expect.arrayContaining(['public.dossier', 'public.dossier_event', 'public.dossier_file', 'public.file']),
  )
  await member.ask(life.id, 'withdraw', { reason: 'Làm lại.' })
})

test('names, numbers, what people write and the tokens of papers never reach the log, whatever goes wrong', async () => {
  const { wardDeputy, cellSecretary } = world.officers
  const name = 'Mai Thị Hoàng Yến'
  const member = await world.member(name)
  const { rows: people } = await world.change('select personal_id from member where id = $1', [
    member.memberId,
  ])
  const written = { reasonText: 'Vì chăm mẹ ốm liệt giường', phone: '0987 654 321', address: '47 ngõ Vắng' }
  const life = await beginTransfer(world, member, written)
  await life.attach('decision', await aDecision('giay-rieng-tu-cua-yen.pdf'))
  const { papers } = await life.to('committee-review', 2)
  const token = papers[0]!.verify.split('/').at(-1)!
  await member.get(papers[0]!.verify)

  // Wrong in every way: bad JSON, unknown pages, foreign ids, searches, stale forms, and a defect that quotes a row.
  const secret = { 'x-canary': name }
  await member.post(`/api/v1/official-transfers/${life.id}/withdraw`, { reason: 42, ...secret })
  await member.get(`/khong-co-trang/${encodeURIComponent(name)}?q=${encodeURIComponent(name)}`)
  await wardDeputy.get(`/registry/members?q=${encodeURIComponent(name)}`)
  await wardDeputy.get(`/queue.csv?queue=todo&q=${encodeURIComponent(name)}`)
  await member.get(`/sign-in?return=${encodeURIComponent(`/x?${name}`)}`)
  await member.post(`/api/v1/official-transfers/${randomUUID()}/save-draft`, anAnswer(world, name))
  await cellSecretary.refused(life.id, 'admit', { meetingOn: '2026-09-07', comment: written.reasonText })
  await world.change(`alter table form_draft add constraint nothing check (fields::text not like '%Yến%')`)
  const defect = await member.form(`/transfers/${life.id}/drafts/withdraw`, {
    reason: `${name}, ${written.phone}`,
  })
  expect(defect.status).toBe(500)
  expect(defect.text).not.toContain('Yến')
  await world.change('alter table form_draft drop constraint nothing')

  const log = world.logged.join('')
  expect(log).toContain('violates check constraint')
  expect(log).toContain('request completed')
  const canaries = {
    name,
    folded: 'Hoang Yen',
    file: 'giay-rieng-tu',
    personalId: String(people[0]?.personal_id),
    token,
    ...written,
  }
  for (const [what, canary] of Object.entries(canaries)) {
    expect(log.includes(canary), what).toBe(false)
    expect(log.includes(encodeURIComponent(canary)), `${what}, encoded`).toBe(false)
  }
  expect(log.includes('Yến') || log.includes('654 321') || log.includes('654321')).toBe(false)
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(2)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})

/** Whoever holds the database as its superuser alters something: each way is found, and named for what it is. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { giveCheckpoint, openAuditedHouse, type AuditedHouse } from '../../tests/audit-log.ts'
import { createTestDatabase } from '../../tests/database.ts'
import { MIGRATIONS_FOLDER } from '../app/installation.ts'
import { openDatabase, sql } from '../kernel/db.ts'
import { migrate } from '../kernel/migrations.ts'
import { makeTestAuthority } from '../signatures/authority.ts'
import { readCheckpoint } from './checkpoint.ts'
import type { LogReport } from './report.ts'

let house: AuditedHouse

beforeEach(async () => {
  house = await openAuditedHouse()
})

afterEach(() => house.close())

const INSERT_SETTING = sql`
  insert into setting_value (key, valid_from, value, reason) values ('a', '2026-01-01', '1', 'kiểm thử')`
const INSERT_FILE = sql`
  insert into file (sha256, kind, size, bytes) values (encode(sha256('abc'), 'hex'), 'pdf', 3, 'abc')`
const PAST_THE_TRIGGERS = 'set session_replication_role = replica;'
const kindsOf = (report: LogReport) => [...new Set(report.problems.map(({ kind }) => kind))].sort()

test('a log nobody touched is whole, with a checkpoint and without, while entries wait in the tail', async () => {
  const kept = await house.checkpoint()
  const whole = await house.verify(kept, await house.trust())
  expect(whole).toMatchObject({ problemCount: 0, problems: [], outside: 0, checkpoint: { trusted: true } })
  expect(whole.entries).toBeGreaterThan(80)
  expect(whole.rowsChecked).toBeGreaterThan(40)
  expect(whole.unsealed).toBe(1) // that the checkpoint was given
  expect(whole.oldestUnsealedSeconds).toBeGreaterThanOrEqual(0)
  await house.oneMore('Đảng Viên Hai')
  expect(await house.verify(kept)).toMatchObject({
    problemCount: 0,
    unsealed: 0,
    oldestUnsealedSeconds: null,
    checkpoint: { trusted: null },
  })
})

describe('the log itself', () => {
  test('an entry edited', async () => {
    await house.asSuperuser(
      `${PAST_THE_TRIGGERS} update audit_entry set act = 'không phải tôi' where seq = 70`,
    )
    const report = await house.verify()
    expect(kindsOf(report)).toEqual(['entry-altered'])
    expect(report.problems[0]).toMatchObject({
      seq: 70,
      block: expect.any(Number),
      subject: expect.any(String),
    })
  })

  test('an entry deleted', async () => {
    await house.asSuperuser(
      `${PAST_THE_TRIGGERS} delete from audit_entry where seq = (select min(seq) from audit_entry where subject = 'membership' and key <> '')`,
    )
    const report = await house.verify()
    expect(kindsOf(report)).toEqual(['entry-missing', 'row-not-in-log'])
  })

  test('an entry put in between', async () => {
    await house.asSuperuser(`${PAST_THE_TRIGGERS}
      insert into audit_entry (seq, at, subject, key, operation, digest, actor_kind) overriding system value
      select 0, at, subject, key, operation, digest, actor_kind from audit_entry where seq = 70`)
    const report = await house.verify()
    expect(report.problems).toEqual([expect.objectContaining({ kind: 'entry-inserted', seq: 0 })])
  })

  test('two sealed entries swapped', async () => {
    await house.asSuperuser(`${PAST_THE_TRIGGERS}
      create temp table pair as select * from audit_entry where seq in (70, 71);
      delete from audit_entry where seq in (70, 71);
      update pair set seq = 141 - seq;
      insert into audit_entry overriding system value select * from pair`)
    const report = await house.verify()
    expect(report.problems.filter(({ kind }) => kind === 'entry-altered').map(({ seq }) => seq)).toEqual([
      70, 71,
    ])
  })

  test('a block edited, alone and with its hash made to fit', async () => {
    await house.oneMore('Đảng Viên Hai')
    await house.asSuperuser(
      `${PAST_THE_TRIGGERS} update audit_block set sealed_at = sealed_at - interval '1 day' where number = 1`,
    )
    expect(kindsOf(await house.verify())).toEqual(['block-altered'])
    await house.asSuperuser(
      `${PAST_THE_TRIGGERS} update audit_block b set hash = audit_block_hash(b) where number = 1`,
    )
    expect((await house.verify()).problems).toEqual([{ kind: 'chain-broken', block: 2 }])
  })

  test('a block taken out', async () => {
    await house.oneMore('Đảng Viên Hai')
    await house.asSuperuser(`${PAST_THE_TRIGGERS} delete from audit_block where number = 1`)
    expect(kindsOf(await house.verify())).toEqual(['block-missing', 'entry-inserted'])
  })

  test('an entry sealed a second time', async () => {
    await house.asSuperuser(`insert into audit_tail values (70)`)
    await house.oneMore('Đảng Viên Hai')
    expect((await house.verify()).problems).toEqual([{ kind: 'entry-sealed-twice', block: 2, seq: 70 }])
  })

  test('an entry deleted while it waits: it is sealed as gone', async () => {
    await house.database.transaction((write) => write.run(INSERT_SETTING))
    await house.asSuperuser(
      `${PAST_THE_TRIGGERS} delete from audit_entry where subject = 'setting_value' and key <> ''`,
    )
    expect(kindsOf(await house.verify())).toEqual(['entry-missing', 'row-not-in-log'])
    await house.oneMore('Đảng Viên Hai')
    expect(kindsOf(await house.verify())).toEqual(['entry-missing', 'row-not-in-log'])
  })
})

describe('against a checkpoint that somebody kept', () => {
  /** Blocks from a number on, with their entries and rows, as if nothing had happened. */
  const CUT = `${PAST_THE_TRIGGERS}
    delete from audit_entry e using audit_block b where b.number >= 2 and e.seq <@ b.entries;
    delete from audit_entry where seq in (select seq from audit_tail);
    delete from audit_checkpoint; delete from audit_block where number >= 2; delete from audit_tail;
    delete from membership where member_id in (select id from member where full_name = 'Đảng Viên Hai');
    delete from member where full_name = 'Đảng Viên Hai'`

  test('the end cut off: without the checkpoint nothing shows', async () => {
    await house.oneMore('Đảng Viên Hai')
    const kept = await house.checkpoint()
    await house.asSuperuser(CUT)
    expect(await house.verify()).toMatchObject({ problemCount: 0 })
    expect((await house.verify(kept)).problems).toEqual([{ kind: 'log-truncated', block: 1 }])
  })

  test('cut off and grown again', async () => {
    await house.oneMore('Đảng Viên Hai')
    const kept = await house.checkpoint()
    await house.asSuperuser(CUT)
    for (const name of ['Đảng Viên Ba', 'Đảng Viên Bốn', 'Đảng Viên Năm']) await house.oneMore(name)
    expect(await house.verify()).toMatchObject({ problemCount: 0 })
    expect((await house.verify(kept)).problems).toEqual([{ kind: 'checkpoint-differs', block: kept.block }])
  })

  test('rewritten from the middle, every hash made to fit', async () => {
    const kept = await house.checkpoint()
    await house.oneMore('Đảng Viên Hai')
    await house.asSuperuser(`${PAST_THE_TRIGGERS}
      delete from audit_checkpoint; delete from audit_entry where subject = 'audit_checkpoint' and key <> '';
      update audit_entry set act = 'việc khác' where seq = 70;
      do $$ declare b audit_block; before audit_block; begin
        for b in select * from audit_block order by number loop
          if b.number > 0 then
            b.previous := before.hash;
            select range_agg(int8range(e.seq, e.seq, '[]')), string_agg(sha256(convert_to(audit_line(e), 'UTF8')), ''::bytea order by e.seq)
              into b.entries, b.leaves from audit_entry e where e.seq <@ b.entries;
            b.total := before.total + octet_length(b.leaves) / 32;
            b.hash := audit_block_hash(b);
            update audit_block set (previous, entries, leaves, total, hash) = (b.previous, b.entries, b.leaves, b.total, b.hash)
             where number = b.number;
          end if;
          before := b;
        end loop;
      end $$`)
    expect(await house.verify()).toMatchObject({ problemCount: 0 })
    expect((await house.verify(kept)).problems).toEqual([{ kind: 'checkpoint-differs', block: kept.block }])
  })

  test('a checkpoint given away and forgotten to be rewritten here is enough', async () => {
    const kept = await house.checkpoint()
    await house.oneMore('Đảng Viên Hai')
    await house.asSuperuser(`${PAST_THE_TRIGGERS}
      update audit_block b set hash = sha256(hash) where number = ${kept.block}`)
    expect(kindsOf(await house.verify())).toContain('checkpoint-differs')
  })

  test('of another installation', async () => {
    const made = await createTestDatabase({ migrated: false })
    await migrate(made.url, MIGRATIONS_FOLDER)
    const other = openDatabase(made.url, { connections: 2 })
    const kept = await giveCheckpoint(other)
    await other.close()
    await made.drop()
    expect((await house.verify(kept)).problems).toEqual([{ kind: 'checkpoint-of-another-log', block: 0 }])
  })

  test('a checkpoint somebody changed, and one signed by somebody else', async () => {
    const kept = await house.checkpoint()
    const trust = await house.trust()
    const changed = await house.verify({ ...kept, entries: kept.entries - 1 }, trust)
    expect(changed.problems).toEqual([{ kind: 'checkpoint-signature-wrong', block: kept.block }])
    expect(changed.checkpoint).toEqual({ block: kept.block, trusted: false })
    const stranger = await makeTestAuthority('CA dangvu', {
      from: new Date('2026-01-01'),
      to: new Date('2046-01-01'),
    })
    expect((await house.verify(kept, [stranger.certificatePem])).problems).toEqual([
      { kind: 'checkpoint-untrusted', block: kept.block },
    ])
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const forged = { ...kept, signature: sign('sha256', Buffer.from('x'), privateKey).toString('base64') }
    expect(kindsOf(await house.verify(forged))).toEqual(['checkpoint-signature-wrong'])
  })

  test('what is no checkpoint is not taken for one', () => {
    for (const text of ['', 'null', '[]', '{}', '{"format":"dangvu-checkpoint-1","block":1}'])
      expect(readCheckpoint(text)).toBeUndefined()
  })
})

describe('the rows', () => {
  test.each([
    ['membership', `update membership set since = since - 30`, 'row-altered'],
    ['dossier_event', `update dossier_event set data = '{"type":"nothing"}'`, 'row-altered'],
    ['dossier', `update dossier set status = 'closed'`, 'row-altered'],
    ['paper', `update paper set number = 7`, 'row-altered'],
    ['paper', `delete from paper`, 'row-missing'],
    ['member', `update member set standing = 'removed' where full_name = 'Đảng Viên Một'`, 'row-altered'],
    [
      'delegation',
      `insert into delegation (id, delegator_id, delegate_organisation_id, procedures, valid_from, valid_to, form, basis, granted_at, signed_in_at)
       select gen_random_uuid(), m.id, o.id, '{official-transfer}', '2026-01-01', '2027-01-01', 'written', 'x', now(), now()
         from member m, organisation o limit 1`,
      'row-not-in-log',
    ],
    [
      'organisation_kind',
      `update organisation_kind set tier = 'grassroots' where code = 'cell'`,
      'row-altered',
    ],
  ])('of %s, with the triggers off: %s', async (subject, statement, kind) => {
    await house.asSuperuser(`${PAST_THE_TRIGGERS} ${statement}`)
    const report = await house.verify()
    expect(kindsOf(report)).toEqual([kind])
    expect(report.problems[0]).toMatchObject({ subject, key: expect.stringMatching(/./) })
  })

  test('with the triggers on: the log says that somebody did it at the database itself', async () => {
    const kept = await house.checkpoint()
    await house.asSuperuser(`update membership set since = since - 30`)
    await house.oneMore('Đảng Viên Hai')
    const report = await house.verify(kept)
    expect(report).toMatchObject({ outside: 1, problemCount: 1 })
    expect(report.problems).toEqual([
      expect.objectContaining({ kind: 'changed-outside', subject: 'membership' }),
    ])
    // Once a checkpoint covers it, it is history that everybody who holds the checkpoint can see.
    expect(await house.verify(await house.checkpoint())).toMatchObject({ outside: 1, problemCount: 0 })
  })

  test('triggers that were switched off, and a table that is gone', async () => {
    await house.asSuperuser(`alter table paper disable trigger audit_update; drop table mail_address`)
    expect((await house.verify()).problems).toEqual([
      { kind: 'table-missing', subject: 'mail_address' },
      { kind: 'trigger-off', subject: 'paper' },
    ])
  })

  test('the bytes of a file', async () => {
    await house.database.transaction((write) => write.run(INSERT_FILE))
    expect(await house.verify()).toMatchObject({ problemCount: 0, filesChecked: 1 })
    await house.asSuperuser(`${PAST_THE_TRIGGERS} update file set bytes = convert_to('khác', 'UTF8')`)
    expect(kindsOf(await house.verify())).toEqual(['file-altered'])
    await house.asSuperuser(`${PAST_THE_TRIGGERS} update file set kind = 'png'`)
    expect(kindsOf(await house.verify())).toEqual(['file-altered', 'row-altered'])
  })
})

/** On a database that orders texts by a locale, which passes over dots, what lies below is found all the same. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../tests/database.ts'
import { openDatabase, sql } from '../kernel/db.ts'
import { listOwners } from './import/screens/view.ts'
import { strayCorrections } from './members/corrections.ts'
import { grantOffice } from './offices/store.ts'
import type { Reader } from './reader.ts'
import { addMember, addTwoWards, FOUNDED } from './test-builders.ts'

const TODAY = '2026-11-21'

test('committees that a list can be of, and corrections that wait above a member’s cell', async () => {
  const made = await createTestDatabase({ locale: 'vi-u-ka-shifted' })
  const database = openDatabase(made.url, { connections: 2 })
  try {
    const party = await database.transaction(addTwoWards)
    const reader = { organisationId: party.city, today: TODAY } as Reader
    const owners = await listOwners(database.read, reader)
    expect(owners.map(({ id }) => id)).toEqual([party.city, party.ward, party.otherWard])

    const strays = await database.transaction(async (write) => {
      const member = await addMember(write, 'Lê Văn Hỏi', party.cell)
      const head = await addMember(write, 'Trần Thị Ký', party.neighbour)
      const office = { position: 'committee-secretary', organisationId: party.ward, source: 'thử' }
      await grantOffice(write, { ...office, memberId: head, since: FOUNDED })
      await write.run(sql`
        insert into correction_request (id, member_id, field, proposed, explanation, stage, awaited_organisation, awaited_positions, due_at)
        values (${randomUUID()}, ${member}, 'ethnicity', 'Kinh', 'thử', 'building', ${party.ward}, ${['committee-secretary']}::text[],
                '2026-12-01')`)
      return strayCorrections(write, TODAY, new Date('2026-11-21T02:00:00Z'))
    })
    expect(strays).toEqual([])
  } finally {
    await database.close()
    await made.drop()
  }
})

/** Builders for tests of the registry: a small Party of a province, a ward with cells, and members by name. */
import { randomUUID } from 'node:crypto'
import { sql, type Write } from '../kernel/db.ts'
import { foldName, nameSortKey } from '../kernel/vietnamese-text.ts'
import { createOrganisation } from './organisations/changes.ts'

/** The day before which nothing of the tests' registry exists. */
export const FOUNDED = '2025-07-01'

/** An organisation known from FOUNDED on. @returns its id */
export function addOrganisation(
  write: Write,
  name: string,
  kind: string,
  parentId: string | null,
  code: string | null = null,
): Promise<string> {
  return createOrganisation(write, { name, kind, parentId, code, validFrom: FOUNDED, source: 'kiểm thử' })
}

let peopleMade = 0

/** A member counted in the organisation since FOUNDED, with an ID of the test prefix. @returns the member's id */
export async function addMember(
  write: Write,
  fullName: string,
  organisationId: string,
  facts: { personalId?: string; cardNumber?: string; officialOn?: string | null } = {},
): Promise<string> {
  const id = randomUUID()
  const personalId = facts.personalId ?? `099080${String((peopleMade += 1)).padStart(6, '0')}`
  await write.run(sql`
    insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, joined_on, official_on)
    values (${id}, ${fullName}, ${foldName(fullName)}, ${nameSortKey(fullName)}, 'male', '1980-01-01', ${personalId},
            ${facts.cardNumber ?? personalId}, '2005-01-01', ${facts.officialOn === undefined ? '2006-01-01' : facts.officialOn})`)
  await write.run(sql`
    insert into membership (member_id, organisation_id, standing, since, reason)
    values (${id}, ${organisationId}, 'active', ${FOUNDED}, 'listed')`)
  return id
}

/** A city with its commission, two wards whose cells share a name, and their ids. */
export async function addTwoWards(write: Write) {
  const city = await addOrganisation(
    write,
    'Đảng bộ Thành phố Hồ Chí Minh',
    'province',
    null,
    '79.000.000.000.000',
  )
  const commission = await addOrganisation(write, 'Ban Tổ chức Thành ủy', 'advisory-body', city)
  const ward = await addOrganisation(write, 'Đảng bộ Phường Tân Tạo', 'commune', city, '79.021.000.000.000')
  const cell = await addOrganisation(write, 'Chi bộ khu phố 3', 'cell', ward, '79.021.013.000.001')
  const neighbour = await addOrganisation(write, 'Chi bộ khu phố 10', 'cell', ward, '79.021.020.000.001')
  const otherWard = await addOrganisation(
    write,
    'Đảng bộ Phường Cầu Kiệu',
    'commune',
    city,
    '79.035.000.000.000',
  )
  const otherCell = await addOrganisation(write, 'Chi bộ khu phố 3', 'cell', otherWard, '79.035.013.000.001')
  return { city, commission, ward, cell, neighbour, otherWard, otherCell }
}

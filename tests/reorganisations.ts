/** Reorganisations in a story's world, planned and signed through HTTP. */
import { randomUUID } from 'node:crypto'
import { todayIn } from '../src/kernel/plain-date.ts'
import type { NewBody, Plan } from '../src/registry/reorganisation/law/plan.ts'
import type { Visitor } from './transfer-visitor.ts'
import type { TransferWorld } from './transfer-world.ts'

/** Somebody who signs for the city's committee. */
export async function signerOf(world: TransferWorld): Promise<Visitor> {
  const { memberId, name } = await world.member('Phó Bí Thư Thành Ủy', world.places.neighbour)
  return world.office(memberId, name, 'committee-standing-deputy', world.places.city)
}

/** Plans and signs; effective today. @returns the plan's id */
export async function reorganise(
  world: TransferWorld,
  signer: Visitor,
  plan: Pick<Plan, 'steps'> & Partial<Plan>,
): Promise<string> {
  const id = randomUUID()
  const today = todayIn(world.now())
  const decision = { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: today }
  const whole = { title: 'Sắp xếp', decision, effectiveOn: today, bodies: [], continuing: [], ...plan }
  const path = `/api/v1/reorganisations/${id}`
  const ask = async (command: string, fields: object) => {
    const answer = await signer.post(`${path}/${command}`, { commandId: randomUUID(), ...fields })
    if (answer.status !== 200) throw new Error(`${command}: ${answer.status} ${answer.text}`)
    return answer.json<{ preview: { digest: string } | null }>()
  }
  const { preview } = await ask('save', { plan: whole })
  await ask('sign', { digest: preview!.digest })
  return id
}

/** Tân Tạo and Cầu Kiệu become one new ward. */
export async function mergeWards(
  world: TransferWorld,
  signer: Visitor,
): Promise<{ id: string; ward: NewBody }> {
  const { places } = world
  const ward: NewBody = {
    id: randomUUID(),
    code: '79.099.000.000.000',
    name: 'Đảng bộ Phường Tân Kiệu',
    kind: 'commune',
    parentId: places.city,
  }
  const steps = [{ type: 'merge' as const, from: [places.ward, places.otherWard], into: ward.id }]
  return { id: await reorganise(world, signer, { steps, bodies: [ward] }), ward }
}

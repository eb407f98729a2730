/** What every played story is made of: the stage, its people signed in, commands asked by them, and the papers brought back. */
import { todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import type { DemoPerson, DemoRole } from '../../registry/demo.ts'
import { envelope, StoryError, visitor, type Visitor } from './visitor.ts'

export interface StoryPaper {
  readonly file: string
  readonly kind: string
  readonly number: string | null
  readonly signers: readonly { readonly office: string; readonly organisation: string }[]
  readonly bytes: Uint8Array
}

export interface Stage {
  readonly base: string
  readonly people: readonly DemoPerson[]
  readonly destinationCellId: string
  /** a decision as a PDF file, as the member would have it */
  readonly decision: Uint8Array
  readonly now: () => Date
  /** PEM texts of the roots that signers lead to */
  readonly trust: readonly string[]
  /** told each step in a sentence */
  readonly tell: (line: string) => void
}

/** Signs everybody of a story in, under the words they are told of by. */
export async function castOf<Part extends string>(
  { base, people, tell }: Stage,
  parts: Readonly<Record<Part, readonly [role: DemoRole, words: string]>>,
): Promise<Record<Part, Visitor>> {
  tell('Mọi người đăng nhập bằng tài khoản định danh mức độ 2')
  const cast: Partial<Record<Part, Visitor>> = {}
  for (const [part, [role, words]] of Object.entries(parts) as [Part, readonly [DemoRole, string]][]) {
    const person = people.find((each) => each.role === role)
    if (!person) throw new StoryError(`không có ai trong vai ${role}`)
    const { personalId, position } = person
    cast[part] = await visitor(base, words, { personalId, ...(position ? { position } : {}) })
  }
  return cast as Record<Part, Visitor>
}

/** Asks commands on one dossier, telling each in a sentence. */
export function asking<View>({ tell }: Stage, api: string, dossierId: string) {
  return async (who: Visitor, command: string, fields: object, sentence: string): Promise<View> => {
    const address = `${api}/${dossierId}/${command}`
    const { dossier } = await who.post<{ dossier: View }>(address, { ...envelope(), ...fields })
    tell(`${who.name}: ${sentence}`)
    return dossier
  }
}

/** What comes of jobs and of the clock: waits until a dossier shows it. */
export async function untilShown<View extends { readonly status: string }>(
  who: Visitor,
  address: string,
  isThere: (view: View) => boolean,
): Promise<View> {
  for (let tries = 0; tries < 300; tries += 1) {
    const view = await who.json<View>(address)
    if (isThere(view)) return view
    if (view.status === 'sealing-failed') throw new StoryError('đóng dấu không thành')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new StoryError(`chờ quá lâu: ${address}`)
}

export const until = (who: Visitor, address: string, status: string) =>
  untilShown(who, address, (view) => view.status === status)

/** Everybody's clock goes on to nine o'clock of a day; what fell due meanwhile is done by the system. */
export async function goOnTo({ now, tell }: Stage, who: Visitor, day: PlainDate): Promise<void> {
  if (day <= todayIn(now())) return
  await who.post('/api/v1/demo/clock', { to: `${day}T09:00:00+07:00` })
  tell(`Đồng hồ dùng thử đi tới ${day.split('-').reverse().join('/')}`)
}

/** Fetches papers as their reader gets them, with who signed each. */
export async function papersFrom(
  who: Visitor,
  papers: readonly {
    readonly name: string
    readonly kind: string
    readonly number: string | null
    readonly address: string
    /** the public page that checks it */
    readonly verify: string
  }[],
): Promise<StoryPaper[]> {
  const made: StoryPaper[] = []
  for (const [index, { name, kind, number, address, verify }] of papers.entries()) {
    const bytes = await fetched(who, address)
    const told = await who.json<{ signers: StoryPaper['signers'] }>(`/api/v1${verify}`)
    const file = `${String(index + 1).padStart(2, '0')}-${name}.pdf`
    const signers = told.signers.map(({ office, organisation }) => ({ office, organisation }))
    made.push({ file, kind, number, signers, bytes })
  }
  return made
}

export async function fetched(who: Visitor, address: string): Promise<Uint8Array> {
  const response = await who.get(address)
  if (response.status !== 200) throw new StoryError(`${address}: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** The registers (sổ giới thiệu) as each side keeps them, by year. */
export async function registersOf(
  sides: readonly { readonly who: Visitor; readonly side: string }[],
  years: readonly number[],
): Promise<StoryPaper[]> {
  const registers = years.flatMap((year) => sides.map((side) => ({ ...side, year })))
  return Promise.all(
    registers.map(async ({ who, side, year }) => ({
      file: `so-gioi-thieu-${side}-${year}.pdf`,
      kind: 'referral-register',
      number: null,
      signers: [{ office: 'Hệ thống', organisation: '' }],
      bytes: await fetched(who, `/registers/${year}.pdf`),
    })),
  )
}

/** What the played stories have in common: their people, the stage they act on, and the papers that stay. */
import type { DemoPerson, DemoRole } from '../../registry/demo.ts'
import { StoryError, visitor, type Visitor } from './visitor.ts'

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
  /** told each step in a sentence */
  readonly tell: (line: string) => void
}

/** A dossier's view, as far as its papers go. */
export interface DossierPapers {
  readonly papers: readonly {
    id: string
    kind: string
    hop?: number | null
    symbol: string | null
    verify: string
  }[]
}

/** Everybody signs in, in the office of their part. */
export async function castOf({ base, people, tell }: Stage) {
  const part = async (role: DemoRole, words: string): Promise<Visitor> => {
    const person = people.find((each) => each.role === role)
    if (!person) throw new StoryError(`không có ai trong vai ${role}`)
    return visitor(base, words, {
      personalId: person.personalId,
      ...(person.position ? { position: person.position } : {}),
    })
  }
  tell('Mọi người đăng nhập bằng tài khoản định danh mức độ 2')
  return {
    member: await part('member', 'Đảng viên'),
    cellSecretary: await part('cell-secretary', 'Bí thư chi bộ nơi đi'),
    wardDeputy: await part('ward-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đi'),
    wardClerk: await part('ward-clerk', 'Văn thư Đảng ủy nơi đi'),
    commissionSigner: await part('commission-signer', 'Phó Trưởng Ban Tổ chức'),
    commissionClerk: await part('commission-clerk', 'Văn thư Ban Tổ chức'),
    destinationDeputy: await part('destination-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đến'),
    destinationClerk: await part('destination-clerk', 'Văn thư Đảng ủy nơi đến'),
    destinationSecretary: await part('destination-cell-secretary', 'Bí thư chi bộ nơi đến'),
  }
}

/** Every paper of a dossier, by those who signed it as the public page says. */
export async function papersOf(
  who: Visitor,
  api: string,
  page: string,
  dossierId: string,
): Promise<StoryPaper[]> {
  const view = await who.json<DossierPapers>(`${api}/${dossierId}`)
  const made: StoryPaper[] = []
  for (const [index, paper] of view.papers.entries()) {
    const response = await who.get(`${page}/papers/${paper.id}`)
    if (response.status !== 200) throw new StoryError(`giấy ${paper.kind}: ${response.status}`)
    const told = await who.json<{ signers: StoryPaper['signers'] }>(`/api/v1${paper.verify}`)
    const file = `${String(index + 1).padStart(2, '0')}-${paper.kind}${paper.hop === null || paper.hop === undefined ? '' : `-${paper.hop + 1}`}.pdf`
    const signers = told.signers.map(({ office, organisation }) => ({ office, organisation }))
    made.push({
      file,
      kind: paper.kind,
      number: paper.symbol,
      signers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    })
  }
  return made
}

/** Looks until it is so: what a job does takes a moment. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const seen = await look()
    if (isSo(seen)) return seen
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new StoryError('chờ quá lâu')
}

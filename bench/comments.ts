/**
 * `comments`: a thousand residence comments, each its own text, typeset and signed by the cell, then sealed by the commune,
 * five times over, and the raw RSA-2048 rate of `node:crypto` beside it. Standard output is one JSON line.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { cpus } from 'node:os'
import type { ResidenceCommentPaper } from '../src/papers/layout.ts'
import { openPress, type Press } from '../src/papers/press/press.ts'
import { issueTestCertificate, makeTestAuthority, signingKey } from '../src/signatures/authority.ts'

import { verifyPaper } from '../src/signatures/verify.ts'
import { machine, median, pssTree } from './parts/machine.ts'

const PAPERS = 1000
const ROUNDS = Number(process.argv[3] ?? 5)
const WARM_UP = 100
const CHECKED = 25
const SIGNATURES_A_PAPER = 2
const AT = new Date('2026-12-05T02:00:00Z')

const on = machine()
const authority = await makeTestAuthority('CA bench', validity(10))
const cell = signingKey(
  await issueTestCertificate(authority, { kind: 'person', name: 'Lê Văn Thắng' }, validity(5)),
)
const commune = signingKey(
  await issueTestCertificate(
    authority,
    { kind: 'organisation', name: 'Đảng bộ Phường Tân Tạo' },
    validity(5),
  ),
)
const press = openPress(new URL('../build/press.mjs', import.meta.url), cpus().length)
await batch(press, WARM_UP)
const rounds: Awaited<ReturnType<typeof batch>>[] = []
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await batch(press, PAPERS, round * PAPERS))
await press.close()
const rate = median(rounds.map((round) => round.perSecond))
const raw = await rawRate()
const figures = {
  perSecond: { median: rate, worst: Math.min(...rounds.map((round) => round.perSecond)) },
  lastTenth: median(rounds.map((round) => round.lastTenth)),
  memoryMb: rounds.map((round) => round.memoryMb),
  bytes: rounds[0]!.bytes,
  rsa: { rawPerSecond: raw, share: Number(((rate * SIGNATURES_A_PAPER) / raw).toFixed(3)) },
}
process.stdout.write(
  `${JSON.stringify({ bench: 'comments', papers: PAPERS, rounds: ROUNDS, ...figures, aim: { perSecond: 60, lastTenth: 1.5 }, on })}\n`,
)
process.exit(0)

function validity(years: number) {
  return { from: new Date('2026-01-01T00:00:00Z'), to: new Date(Date.UTC(2026 + years, 0, 1)) }
}

/** Typeset and signed by the cell, then sealed; `lastTenth` is how much slower the last tenth came than the first. */
async function batch(press: Press, count: number, from = 0) {
  const done: number[] = []
  const made: Uint8Array[] = []
  const began = performance.now()
  await abreast(press.abreast, count, async (index) => {
    const of = { template: 'residence-comment' as const, data: commentOf(from + index) }
    const signed = await press.make({ of, place: 'cell', at: AT }, cell)
    const fill = { 'confirmed-on': 'Tân Tạo, ngày 05 tháng 12 năm 2026' }
    const sealed = await press.make({ of: signed, place: 'organisation', at: AT, fill }, commune)
    done.push(performance.now())
    if (made.length < CHECKED) made.push(sealed)
  })
  const seconds = (performance.now() - began) / 1000
  for (const paper of made) mustBeWhole(paper)
  const tenth = Math.floor(count / 10)
  const first = done[tenth - 1]! - began
  const last = done[count - 1]! - done[count - 1 - tenth]!
  return {
    perSecond: Number((count / seconds).toFixed(1)),
    lastTenth: Number((last / first).toFixed(2)),
    memoryMb: Math.round(pssTree(process.pid)),
    bytes: made[0]!.length,
  }
}

async function abreast(width: number, count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await act(next++)
    }),
  )
}

function mustBeWhole(paper: Uint8Array): void {
  const { valid, trusted, signatures } = verifyPaper(paper, { trust: [authority.certificatePem], at: AT })
  if (!valid || !trusted || signatures.length !== SIGNATURES_A_PAPER) throw new Error('a paper is not whole')
}

/** What the machine signs when it does nothing else: all its cores, RSA-2048, SHA-256. */
async function rawRate(): Promise<number> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const data = Buffer.alloc(200, 7)
  const one = () =>
    new Promise<void>((settle, fail) => {
      sign('sha256', data, privateKey, (error) => (error ? fail(error) : settle()))
    })
  const count = 4000
  await abreast(8, 400, one)
  const began = performance.now()
  await abreast(8, count, one)
  return Math.round(count / ((performance.now() - began) / 1000))
}

/** A comment that nobody else has: name, days, ticks and words of its own. */
function commentOf(index: number): ResidenceCommentPaper {
  const scales = [
    ['Nêu gương tốt', 'Nêu gương', 'Chưa nêu gương'],
    ['Gương mẫu đi đầu', 'Gương mẫu', 'Chưa gương mẫu'],
    ['Tham gia đầy đủ', 'Tham gia chưa đầy đủ', 'Không tham gia'],
    ['Thường xuyên, tích cực', 'Thường xuyên', 'Chưa thường xuyên'],
    ['Rất tích cực', 'Tích cực', 'Chưa tích cực'],
    ['Biểu dương', 'Không đề nghị', 'Xem xét xử lý'],
  ]
  const fullName = `${['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ'][index % 5]} ${['Văn', 'Thị', 'Đức', 'Ngọc'][index % 4]} ${index + 1}`
  return {
    title: `Phiếu nhận xét nơi cư trú năm 2026 – ${fullName}`,
    madeAt: AT.toISOString(),
    verifyUrl: `https://thutuc.example.vn/verify/${String(index).padStart(22, 'a')}`,
    test: true,
    heading: { superior: 'Đảng ủy Phường Tân Tạo', organisation: `Chi bộ Khu phố ${(index % 40) + 1}` },
    placeAndDate: 'Tân Tạo, ngày 05 tháng 12 năm 2026',
    occasion: 'Năm 2026',
    body: `Chi ủy Chi bộ Khu phố ${(index % 40) + 1}`,
    consultedOn: '2026-12-03',
    member: { fullName, bornOn: `19${50 + (index % 50)}-0${1 + (index % 9)}-1${index % 9}` },
    workplace: { cell: `Chi bộ Phòng ${index % 17}`, grassroots: `Đảng bộ Sở số ${index % 19}` },
    criteria: scales.map((scale, at) => ({
      words: `Nội dung ${at + 1}: gương mẫu thực hiện nghĩa vụ công dân, vận động gia đình và nhân dân nơi cư trú`,
      scale,
      chosen: (index + at) % 3,
    })),
    remarks: `Năm qua đồng chí dự ${index % 13} buổi họp của khu phố, góp ${index % 7} ý kiến cho việc của khu phố.`,
    signing: { authority: 'T/M CHI BỘ', position: 'BÍ THƯ', name: 'Lê Văn Thắng', seal: false },
    confirming: 'Đảng ủy Phường Tân Tạo',
  }
}

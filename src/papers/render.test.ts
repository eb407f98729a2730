/** Papers typeset: every template, long and hostile data, marks of PDF/A, the same bytes for the same data. */

import { expect, test } from 'vitest'
import { attachmentsOf } from '../signatures/attachments.ts'
import { checkStructure } from './check-structure.ts'
import {
  ABSURD_REFERRAL,
  ACCEPTANCE,
  CELL_REFERRAL,
  EXAMPLES,
  NOTICE_OF_TRANSFER,
  REFERRAL,
  registerOf,
  RESIDENCE_COMMENT,
  SELF_REVIEW,
  TEMPORARY_EXTENSION,
  TEMPORARY_REFERRAL,
  TEMPORARY_RETURN,
  TRANSFER_REQUEST,
} from './examples.ts'
import { dayInWords, placeAndDateLine, symbolLine, type Paper } from './layout.ts'
import { renderPaper, type RenderedPaper } from './render.ts'

const PAGE = { portrait: [595.28, 841.89], landscape: [841.89, 595.28] } as const

function expectBoxesOnPage(paper: RenderedPaper, [width, height]: readonly [number, number]): void {
  for (const { name, page, rect } of [...paper.fields, ...paper.places]) {
    expect(page, name).toBeLessThanOrEqual(paper.pages)
    expect(rect.x, name).toBeGreaterThan(40)
    expect(rect.x + rect.width, name).toBeLessThan(width - 35)
    expect(rect.y, name).toBeGreaterThan(50)
    expect(rect.y + rect.height, name).toBeLessThan(height - 40)
  }
}

test.each(EXAMPLES.map((paper) => [paper.template, paper] as const))(
  'ISO 19005-3: %s carries the marks of tagged PDF/A-3a, its boxes inside the page',
  async (template, paper) => {
    const rendered = await renderPaper(paper)
    expect(checkStructure(rendered.pdf)).toEqual([])
    expectBoxesOnPage(rendered, template === 'referral-register' ? PAGE.landscape : PAGE.portrait)
  },
)

test('which boxes each paper keeps free', async () => {
  const boxes = async (paper: Paper) => {
    const { fields, places } = await renderPaper(paper)
    return [...fields, ...places].map((box) => box.name).join(' ')
  }
  expect(await boxes({ template: 'transfer-request', data: TRANSFER_REQUEST })).toBe('system')
  expect(await boxes({ template: 'self-review', data: SELF_REVIEW })).toBe('cell person organisation')
  expect(await boxes({ template: 'referral', data: REFERRAL })).toBe('number date person organisation')
  expect(await boxes({ template: 'referral', data: CELL_REFERRAL })).toBe('number date person')
  expect(await boxes({ template: 'notice-of-transfer', data: NOTICE_OF_TRANSFER })).toBe(
    'number date person organisation',
  )
  expect(await boxes({ template: 'acceptance', data: ACCEPTANCE })).toBe('number date person')
  expect(await boxes({ template: 'referral', data: TEMPORARY_REFERRAL })).toBe(
    'number date person organisation',
  )
  expect(await boxes({ template: 'temporary-extension', data: TEMPORARY_EXTENSION })).toBe(
    'number date person organisation',
  )
  expect(await boxes({ template: 'temporary-return', data: TEMPORARY_RETURN })).toBe('number date person')
  expect(await boxes({ template: 'referral-register', data: registerOf(3) })).toBe('person organisation')
  expect(await boxes({ template: 'residence-comment', data: RESIDENCE_COMMENT })).toBe(
    'confirmed-on organisation cell',
  )
})

test('the same data gives the same bytes', async () => {
  const [one, other] = [
    await renderPaper({ template: 'referral', data: REFERRAL }),
    await renderPaper({ template: 'referral', data: REFERRAL }),
  ]
  expect(Buffer.compare(one.pdf, other.pdf)).toBe(0)
})

test('absurdly long names, thirty earlier hops, every Vietnamese letter, an emoji: it is typeset, in whole', async () => {
  const paper = await renderPaper({ template: 'referral', data: ABSURD_REFERRAL })
  expect(paper.pages).toBeGreaterThan(10)
  expect(checkStructure(paper.pdf)).toEqual([])
  expectBoxesOnPage(paper, PAGE.portrait)
})

test('data is data: what a member types is never a command of the typesetter', async () => {
  const nasty = '#panic("x") $x$ *b* _i_ `c` \\ #read("/etc/passwd") <reserved> @ref "quote" // = heading'
  const paper = await renderPaper({
    template: 'self-review',
    data: { ...SELF_REVIEW, strengths: nasty, member: { ...SELF_REVIEW.member, fullName: nasty } },
  })
  expect(paper.places).toHaveLength(3)
})

test('ISO 19005-3, 6.8: earlier papers travel inside, byte for byte', async () => {
  const bytes = (await renderPaper({ template: 'referral', data: CELL_REFERRAL })).pdf
  const attachments = [1, 2, 3].map((hop) => ({
    name: `hop-${hop}.pdf`,
    mimeType: 'application/pdf',
    description: `Ô giới thiệu số ${hop}`,
    bytes,
  }))
  const paper = await renderPaper({ template: 'referral', data: REFERRAL, attachments })
  expect(checkStructure(paper.pdf)).toEqual([])
  const found = attachmentsOf(paper.pdf)
  expect(found.map(({ name, description, mimeType }) => ({ name, description, mimeType }))).toEqual(
    attachments.map(({ name, description, mimeType }) => ({ name, description, mimeType })),
  )
  for (const file of found) expect(Buffer.compare(file.bytes, bytes)).toBe(0)
})

test('a register of many pages', async () => {
  const paper = await renderPaper({ template: 'referral-register', data: registerOf(400) })
  expect(paper.pages).toBeGreaterThan(20)
  expect(paper.places.map((place) => place.page)).toEqual([paper.pages, paper.pages])
})

test('05-HD/VPTW: a zero before days under 10 and months 1 and 2; numbers of at least two digits', () => {
  expect(dayInWords('2026-01-05')).toBe('ngày 05 tháng 01 năm 2026')
  expect(dayInWords('2026-03-12')).toBe('ngày 12 tháng 3 năm 2026')
  expect(dayInWords('2026-10-01')).toBe('ngày 01 tháng 10 năm 2026')
  expect(placeAndDateLine('Hàm Liêm', '2026-02-28')).toBe('Hàm Liêm, ngày 28 tháng 02 năm 2026')
  expect(symbolLine(7, 'GGT', 'ĐU')).toBe('Số 07-GGT/ĐU')
  expect(symbolLine(123, 'TB', 'CB')).toBe('Số 123-TB/CB')
})

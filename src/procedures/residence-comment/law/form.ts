/**
 * The form of the comment (phiếu nhận xét), by version: criteria with their scales, as a community implementation of the form
 * of 33-HD/BTCTW has them (7.7). Scales are confirmed; wordings marked 'I' are ours until the official form is read. A comment
 * names the version it was written by, so another wording is a new version and changes no paper.
 */
import type { PlainDate } from '../../../kernel/plain-date.ts'

/** C: the source says so; I: our wording. */
export interface Criterion {
  readonly code: string
  readonly certainty: 'C' | 'I'
  readonly text: { readonly vi: string; readonly en: string }
  /** one tick, the best first */
  readonly scale: readonly {
    readonly code: string
    readonly text: { readonly vi: string; readonly en: string }
  }[]
}

export interface CommentForm {
  readonly version: string
  readonly validFrom: PlainDate
  readonly source: string
  readonly title: { readonly vi: string; readonly en: string }
  readonly full: readonly Criterion[]
  /** for members referred but exempt from activity at the residence (33-HD/BTCTW 1.1): reduced duties */
  readonly exempt: readonly Criterion[]
}

const step = (code: string, vi: string, en: string) => ({ code, text: { vi, en } })

const EXAMPLE: Criterion = {
  code: 'example',
  certainty: 'C',
  text: {
    vi: 'Về việc nêu gương phẩm chất chính trị, đạo đức, lối sống; vai trò tiên phong, gương mẫu trước Nhân dân nơi cư trú',
    en: 'Example in political quality, morals and lifestyle; vanguard role before the people at the residence',
  },
  scale: [
    step('good', 'Nêu gương tốt', 'A good example'),
    step('fair', 'Nêu gương', 'An example'),
    step('not', 'Chưa nêu gương', 'Not yet an example'),
  ],
}

const DONE = [
  step('good', 'Thực hiện tốt', 'Done well'),
  step('fair', 'Thực hiện', 'Done'),
  step('not', 'Chưa thực hiện', 'Not yet done'),
]

const FORMS: readonly CommentForm[] = [
  {
    version: '33-HD-2020',
    validFrom: '2020-10-30',
    source:
      '33-HD/BTCTW (30/10/2020), theo mẫu do các đơn vị sử dụng; lời tiêu chí đánh dấu I là của hệ thống',
    title: {
      vi: 'Phiếu nhận xét đảng viên đang công tác thường xuyên giữ mối liên hệ với tổ chức đảng và Nhân dân nơi cư trú',
      en: 'Comment on a working member who keeps contact with the Party organisation and the people at the residence',
    },
    full: [
      EXAMPLE,
      {
        code: 'civic-duty',
        certainty: 'I',
        text: {
          vi: 'Về gương mẫu thực hiện nghĩa vụ công dân; vận động gia đình và Nhân dân chấp hành chủ trương, chính sách, quy định của địa phương',
          en: 'Exemplary in civic duties; persuading family and people to follow policies and local rules',
        },
        scale: [
          step('good', 'Gương mẫu đi đầu', 'Exemplary, in the lead'),
          step('fair', 'Gương mẫu', 'Exemplary'),
          step('not', 'Chưa gương mẫu', 'Not yet exemplary'),
        ],
      },
      {
        code: 'attendance',
        certainty: 'C',
        text: {
          vi: 'Về tham gia các cuộc họp định kỳ và cuộc họp khác do cấp ủy nơi cư trú triệu tập; dự họp với Nhân dân',
          en: 'Attending periodic and other meetings called by the residence committee, and the people’s meetings',
        },
        scale: [
          step('good', 'Tham gia đầy đủ', 'Attends fully'),
          step('fair', 'Tham gia chưa đầy đủ', 'Does not attend fully'),
          step('not', 'Không tham gia', 'Does not attend'),
        ],
      },
      {
        code: 'contact',
        certainty: 'I',
        text: {
          vi: 'Về giữ mối liên hệ với chi ủy, trưởng thôn (khu phố) và ban công tác mặt trận nơi cư trú',
          en: 'Keeping contact with the cell committee, the head of the quarter and the front board',
        },
        scale: [
          step('good', 'Thường xuyên, tích cực', 'Regularly and actively'),
          step('fair', 'Thường xuyên', 'Regularly'),
          step('not', 'Chưa thường xuyên', 'Not regularly'),
        ],
      },
      {
        code: 'contribution',
        certainty: 'I',
        text: {
          vi: 'Về tham gia ý kiến, đóng góp vào công việc của địa phương',
          en: 'Giving opinions and contributing to local work',
        },
        scale: [
          step('good', 'Rất tích cực', 'Very actively'),
          step('fair', 'Tích cực', 'Actively'),
          step('not', 'Chưa tích cực', 'Not yet actively'),
        ],
      },
      {
        code: 'proposal',
        certainty: 'I',
        text: { vi: 'Đề nghị của chi ủy, chi bộ', en: 'Proposal of the cell' },
        scale: [
          step('good', 'Biểu dương', 'Commend'),
          step('fair', 'Không đề nghị', 'No proposal'),
          step('not', 'Xem xét xử lý', 'Consider measures'),
        ],
      },
    ],
    exempt: [
      EXAMPLE,
      {
        code: 'reduced-duties',
        certainty: 'I',
        text: {
          vi: 'Về thực hiện các nhiệm vụ của đảng viên thuộc đối tượng được miễn sinh hoạt nơi cư trú',
          en: 'Carrying out the reduced duties of a member exempt from activity at the residence',
        },
        scale: DONE,
      },
      {
        code: 'family',
        certainty: 'I',
        text: {
          vi: 'Về vận động gia đình chấp hành chủ trương, chính sách, quy định nơi cư trú',
          en: 'Persuading the family to follow policies and the rules of the residence',
        },
        scale: DONE,
      },
    ],
  },
]

/** The form in force on a day. */
export function formOn(day: PlainDate): CommentForm {
  const form = FORMS.findLast(({ validFrom }) => validFrom <= day)
  if (!form) throw new Error(`no form of the comment on ${day}`)
  return form
}

/** The form a comment was written by. */
export function formOf(version: string): CommentForm {
  const form = FORMS.find((each) => each.version === version)
  if (!form) throw new Error(`no form ${version} of the comment`)
  return form
}

/** What is to be ticked for a member. */
export function criteriaOf(form: CommentForm, exempt: boolean): readonly Criterion[] {
  return exempt ? form.exempt : form.full
}

/** The ticks by criterion; one left open is absent. */
export type Ticks = Readonly<Record<string, string>>

/** Ticks that the form does not have: criteria, or steps of their scales. */
export function foreignTicks(criteria: readonly Criterion[], ticks: Ticks): string[] {
  return Object.entries(ticks).flatMap(([code, tick]) => {
    const criterion = criteria.find((each) => each.code === code)
    return criterion && (tick === '' || criterion.scale.some((each) => each.code === tick)) ? [] : [code]
  })
}

/** Criteria without a tick: each of them is mandatory (7.7), the free text is not. */
export function openCriteria(criteria: readonly Criterion[], ticks: Ticks): string[] {
  return criteria.filter(({ code }) => !ticks[code]).map(({ code }) => code)
}

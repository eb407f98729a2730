/** The words of a fee's reasoning: each step's rule, what went in and what came out; Vietnamese first. */
import type { FeeClass, StepRule } from './law/facts.ts'

/** Places in braces are facts of the step, written as `explanation.ts` says. */
export interface StepWords {
  readonly rule: string
  readonly input: string
  readonly result: string
}

interface ExplanationTexts {
  readonly steps: Readonly<Record<StepRule, StepWords>>
  readonly classes: Readonly<Record<FeeClass, string>>
  /** the words of facts that are codes */
  readonly codes: Readonly<Record<string, string>>
}

const vi: ExplanationTexts = {
  steps: {
    regime: { rule: 'Văn bản áp dụng cho kỳ nộp', input: '{period}', result: '{regime}' },
    payer: { rule: 'Nhóm đóng đảng phí', input: 'tình trạng vào ngày đầu kỳ', result: '{class}' },
    'not-counted': { rule: 'Không tính vào đảng phí', input: '{what}', result: 'không tính' },
    retirement: {
      rule: 'Tuổi nghỉ hưu theo tháng sinh',
      input: '{sex}, sinh {bornMonth}: {years} tuổi {months} tháng',
      result: 'nghỉ hưu từ {retirementOn}; ngày đầu kỳ {over}',
    },
    'retirement-whatever-sex': {
      rule: 'Tuổi nghỉ hưu theo tháng sinh (chưa ghi nam, nữ)',
      input: 'sinh {bornMonth}: nữ nghỉ hưu từ {womanOn}, nam từ {manOn}',
      result: 'ngày đầu kỳ {over}, dù là nam hay nữ',
    },
    'class-presumed': {
      rule: 'Nhóm ghi khi chưa đủ thông tin về tuổi (mức đóng vẫn là 0)',
      input: 'chưa có ngày sinh, hoặc chưa ghi nam, nữ',
      result: '{class}',
    },
    'insured-salary': {
      rule: 'Căn cứ: tiền lương đóng BHXH của tháng trước liền kề',
      input: '{month}',
      result: '{salaryVnd}',
    },
    ceiling: {
      rule: 'Tiền lương vượt trần đóng BHXH: chỉ tính đến trần',
      input: '{salaryVnd}; trần {times} × {levelVnd}',
      result: '{ceilingVnd}',
    },
    'no-ceiling-known': {
      rule: 'Trần tiền lương đóng BHXH',
      input: '{month}',
      result: 'hệ thống không có mức trần của tháng này: tính trên toàn bộ tiền lương đã khai',
    },
    benefit: {
      rule: 'Căn cứ: trợ cấp ốm đau, thai sản do BHXH chi trả',
      input: '{month}',
      result: '{incomeVnd}',
    },
    pension: { rule: 'Căn cứ: lương hưu', input: '{month}', result: '{incomeVnd}' },
    'extra-pay': { rule: 'Căn cứ: phụ cấp, tiền công làm thêm', input: '{month}', result: '{incomeVnd}' },
    'monthly-allowance': { rule: 'Căn cứ: trợ cấp hằng tháng', input: '{month}', result: '{incomeVnd}' },
    'minimum-wage': {
      rule: 'Căn cứ: lương tối thiểu tháng của vùng nơi sinh hoạt đảng',
      input: 'vùng {region}, mức có từ {sinceMonth}',
      result: '{wageVnd}',
    },
    'living-allowance': {
      rule: 'Căn cứ: sinh hoạt phí hằng tháng ở ngoài nước',
      input: 'sinh hoạt phí',
      result: '{allowanceVnd}',
    },
    rate: { rule: 'Mức đóng', input: '{baseVnd} × {rate}', result: '{productExact}' },
    flat: { rule: 'Mức đóng cố định', input: 'mỗi tháng', result: '{amountVnd}' },
    'set-amount': {
      rule: 'Mức đặt trong khung dành cho đảng viên khác ở ngoài nước',
      input: '{amountVnd}; khung từ {leastVnd} đến {mostVnd}',
      result: '{amountVnd}',
    },
    'half-after-working-age': {
      rule: 'Ngoài độ tuổi lao động đóng một nửa',
      input: '{beforeExact} × 1/2',
      result: '{afterExact}',
    },
    'exempt-party-age': {
      rule: 'Miễn đảng phí: từ đủ 50 năm tuổi đảng',
      input: 'vào Đảng {joinedOn}, đủ 50 năm {fiftyOn}',
      result: 'được miễn: 0 đ',
    },
    'exempt-social-pension': {
      rule: 'Miễn đảng phí: hưởng trợ cấp hưu trí xã hội',
      input: 'đang hưởng trợ cấp',
      result: 'được miễn: 0 đ',
    },
    'exempt-hardship': {
      rule: 'Miễn đảng phí: hoàn cảnh đặc biệt khó khăn, có đơn gửi chi bộ',
      input: '{hardship}',
      result: 'được miễn: 0 đ',
    },
    'exempt-decision': {
      rule: 'Miễn đảng phí theo quyết định, khi có đơn',
      input: 'từ {fromMonth} đến {toMonth}',
      result: 'được miễn: 0 đ',
    },
    'not-yet-a-right': {
      rule: 'Trước 01-QĐ/TW chỉ miễn, giảm khi cấp ủy cơ sở quyết định',
      input: '{reason}',
      result: 'kỳ này chưa đương nhiên được miễn',
    },
    reduction: {
      rule: 'Giảm {percent} %: còn đóng {remaining} %',
      input: '{beforeExact} × {remaining} %, từ {fromMonth} đến {toMonth}',
      result: '{afterExact}',
    },
    'reduction-outside': {
      rule: 'Quyết định miễn, giảm không áp dụng cho kỳ này',
      input: '{percent} %, từ {fromMonth} đến {toMonth}',
      result: 'không giảm',
    },
    rounding: {
      rule: 'Làm tròn một lần, nửa đơn vị trở lên thì tăng',
      input: '{beforeExact}, đến {unitVnd}',
      result: '{amountVnd}',
    },
    voluntary: {
      rule: 'Tự nguyện đóng cao hơn',
      input: '{feeVnd} + {extraVnd}',
      result: '{amountVnd}',
    },
  },
  classes: {
    BHXH: 'tham gia BHXH bắt buộc',
    OM_DAU: 'nghỉ hưởng trợ cấp ốm đau',
    THAI_SAN: 'nghỉ hưởng trợ cấp thai sản',
    NGHI_KHAC: 'thuộc diện BHXH bắt buộc nhưng nghỉ việc, không đóng, không có trợ cấp',
    HUU_TRI: 'hưởng lương hưu',
    HUU_LAM_THEM: 'hưởng lương hưu và làm thêm',
    NGUOI_CO_CONG: 'hưởng trợ cấp hằng tháng',
    TRONG_TUOI: 'không đóng BHXH, trong độ tuổi lao động',
    NGOAI_TUOI: 'không đóng BHXH, ngoài độ tuổi lao động',
    HSSV: 'học sinh, sinh viên',
    NN_SHP: 'ở ngoài nước, hưởng sinh hoạt phí',
    NN_KHAC: 'ở ngoài nước, đối tượng khác',
  },
  codes: {
    'decision-342': '342-QĐ/TW',
    'regulation-01': '01-QĐ/TW',
    male: 'nam',
    female: 'nữ',
    yes: 'đã đến tuổi nghỉ hưu',
    no: 'chưa đến tuổi nghỉ hưu',
    poor: 'hộ nghèo',
    'near-poor': 'hộ cận nghèo',
    'critical-illness': 'mắc bệnh hiểm nghèo',
    'party-age': 'đủ 50 năm tuổi đảng',
    'social-pension': 'hưởng trợ cấp hưu trí xã hội',
    'insurance-abroad': 'BHXH trong nước (ở ngoài nước đóng theo mức ngoài nước)',
    'pension-of-insured': 'lương hưu (thuộc diện BHXH bắt buộc thì đóng theo diện đó)',
    'extra-pay-of-insured': 'phụ cấp, tiền công khác (thuộc diện BHXH bắt buộc thì đóng theo lương)',
    'student-insured': 'mức của học sinh, sinh viên (có BHXH bắt buộc thì đóng theo lương)',
    'contribution-still-due': 'trợ cấp BHXH (tháng này vẫn đóng BHXH nên đóng theo lương)',
    'pension-of-student': 'lương hưu (là học sinh, sinh viên thì đóng mức cố định)',
    'extra-pay': 'phụ cấp, tiền công làm thêm',
    'monthly-allowance': 'trợ cấp hằng tháng',
  },
}

const en: ExplanationTexts = {
  steps: {
    regime: { rule: 'The text in force for the period', input: '{period}', result: '{regime}' },
    payer: { rule: 'Payer class', input: 'the facts of the period’s first day', result: '{class}' },
    'not-counted': { rule: 'Not counted for the fee', input: '{what}', result: 'not counted' },
    retirement: {
      rule: 'Retirement age by the month of birth',
      input: '{sex}, born {bornMonth}: {years} years {months} months',
      result: 'retires on {retirementOn}; on the first day of the period {over}',
    },
    'retirement-whatever-sex': {
      rule: 'Retirement age by the month of birth (sex not given)',
      input: 'born {bornMonth}: a woman retires on {womanOn}, a man on {manOn}',
      result: 'on the first day of the period {over}, either way',
    },
    'class-presumed': {
      rule: 'The class written where the age is not known (the fee is 0 all the same)',
      input: 'no day of birth, or no sex',
      result: '{class}',
    },
    'insured-salary': {
      rule: 'Base: the salary contributed on in the month before',
      input: '{month}',
      result: '{salaryVnd}',
    },
    ceiling: {
      rule: 'The salary is above the contribution ceiling: only the ceiling counts',
      input: '{salaryVnd}; ceiling {times} × {levelVnd}',
      result: '{ceilingVnd}',
    },
    'no-ceiling-known': {
      rule: 'Contribution ceiling',
      input: '{month}',
      result: 'no ceiling of this month is known here: the whole salary counts',
    },
    benefit: {
      rule: 'Base: the sickness or maternity benefit paid by social insurance',
      input: '{month}',
      result: '{incomeVnd}',
    },
    pension: { rule: 'Base: the pension', input: '{month}', result: '{incomeVnd}' },
    'extra-pay': { rule: 'Base: extra pay or allowance', input: '{month}', result: '{incomeVnd}' },
    'monthly-allowance': { rule: 'Base: the monthly allowance', input: '{month}', result: '{incomeVnd}' },
    'minimum-wage': {
      rule: 'Base: the monthly minimum wage of the region of the cell',
      input: 'region {region}, in force since {sinceMonth}',
      result: '{wageVnd}',
    },
    'living-allowance': {
      rule: 'Base: the monthly living allowance abroad',
      input: 'living allowance',
      result: '{allowanceVnd}',
    },
    rate: { rule: 'Rate', input: '{baseVnd} × {rate}', result: '{productExact}' },
    flat: { rule: 'Flat amount', input: 'each month', result: '{amountVnd}' },
    'set-amount': {
      rule: 'The amount set inside the band for other members abroad',
      input: '{amountVnd}; band {leastVnd} to {mostVnd}',
      result: '{amountVnd}',
    },
    'half-after-working-age': {
      rule: 'Above working age half is paid',
      input: '{beforeExact} × 1/2',
      result: '{afterExact}',
    },
    'exempt-party-age': {
      rule: 'Exempt: fifty years in the Party',
      input: 'joined {joinedOn}, fifty years on {fiftyOn}',
      result: 'exempt: nothing is due',
    },
    'exempt-social-pension': {
      rule: 'Exempt: draws the social pension',
      input: 'the social pension is drawn',
      result: 'exempt: nothing is due',
    },
    'exempt-hardship': {
      rule: 'Exempt: specially hard circumstances, on a written request to the cell',
      input: '{hardship}',
      result: 'exempt: nothing is due',
    },
    'exempt-decision': {
      rule: 'Exempt by a decision, on request',
      input: '{fromMonth} to {toMonth}',
      result: 'exempt: nothing is due',
    },
    'not-yet-a-right': {
      rule: 'Before 01-QĐ/TW only a decision of the base committee exempted or reduced',
      input: '{reason}',
      result: 'not exempt by right in this period',
    },
    reduction: {
      rule: 'Reduced by {percent} %: {remaining} % is paid',
      input: '{beforeExact} × {remaining} %, {fromMonth} to {toMonth}',
      result: '{afterExact}',
    },
    'reduction-outside': {
      rule: 'The decision to reduce or exempt does not cover this period',
      input: '{percent} %, {fromMonth} to {toMonth}',
      result: 'not reduced',
    },
    rounding: {
      rule: 'Rounded once, half up',
      input: '{beforeExact}, to {unitVnd}',
      result: '{amountVnd}',
    },
    voluntary: { rule: 'Given voluntarily', input: '{feeVnd} + {extraVnd}', result: '{amountVnd}' },
  },
  classes: {
    BHXH: 'compulsorily insured',
    OM_DAU: 'on sickness benefit',
    THAI_SAN: 'on maternity benefit',
    NGHI_KHAC: 'compulsorily insured, off work without contribution or benefit',
    HUU_TRI: 'pensioner',
    HUU_LAM_THEM: 'pensioner who works on',
    NGUOI_CO_CONG: 'with a monthly allowance',
    TRONG_TUOI: 'not insured, of working age',
    NGOAI_TUOI: 'not insured, past working age',
    HSSV: 'pupil or student',
    NN_SHP: 'abroad, with a living allowance',
    NN_KHAC: 'abroad, others',
  },
  codes: {
    'decision-342': '342-QĐ/TW',
    'regulation-01': '01-QĐ/TW',
    male: 'man',
    female: 'woman',
    yes: 'past retirement age',
    no: 'below retirement age',
    poor: 'poor household',
    'near-poor': 'near-poor household',
    'critical-illness': 'critical illness',
    'party-age': 'fifty years in the Party',
    'social-pension': 'draws the social pension',
    'insurance-abroad': 'insurance at home (abroad, the amounts for abroad apply)',
    'pension-of-insured': 'the pension (who is compulsorily insured pays as such)',
    'extra-pay-of-insured': 'other pay (who is compulsorily insured pays on the salary)',
    'student-insured': 'the students’ amount (who is compulsorily insured pays on the salary)',
    'contribution-still-due': 'the benefit (contributions are still due this month, so the salary counts)',
    'pension-of-student': 'the pension (a student pays the flat amount)',
    'extra-pay': 'extra pay or allowance',
    'monthly-allowance': 'monthly allowance',
  },
}

export const EXPLANATION_TEXTS = { vi, en } as const

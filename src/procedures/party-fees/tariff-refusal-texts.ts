/** The words of each "no" of the fees' tariff, Vietnamese first: what happened, why, and how to mend it. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

const CHECK = 'Đồng chí kiểm tra lại thông tin của đảng viên trong kỳ này rồi tính lại.'
const CHECK_EN = 'Check what is known of the member in this period, then ask again.'
const MEND_FIELD = 'Đồng chí sửa mục này rồi thử lại.'
const MEND_FIELD_EN = 'Mend this field and try again.'

/** Fields that cannot be taken as they are. */
const FIELDS: RefusalTexts = {
  'party-fees.facts-not-an-object': said(
    [
      'Dữ liệu tính đảng phí không đúng dạng',
      'Dữ liệu phải là một đối tượng JSON với các mục như "period", "insured".',
      null,
      'Đồng chí xem mẫu: npm run -s dangvu -- fee --help.',
    ],
    [
      'The facts of the fee are of the wrong form',
      'They must be one JSON object with fields such as "period", "insured".',
      null,
      'See the example: npm run -s dangvu -- fee --help.',
    ],
  ),
  'party-fees.field-missing': said(
    [
      'Còn thiếu một mục',
      'Chưa có mục "{field}".',
      'Thiếu mục này thì không tính được.',
      'Đồng chí bổ sung mục này rồi thử lại.',
    ],
    [
      'A field is missing',
      'There is no "{field}".',
      'Nothing can be computed without it.',
      'Add the field and try again.',
    ],
  ),
  'party-fees.field-unknown': said(
    [
      'Có mục không thuộc danh mục',
      'Hệ thống không biết mục "{field}".',
      'Mục lạ không được bỏ qua, vì có thể là một mục viết sai tên.',
      'Đồng chí sửa tên hoặc bỏ mục này. Danh mục: npm run -s dangvu -- fee --help.',
    ],
    [
      'A field is not known',
      'There is no field "{field}".',
      'It is not passed over, for it may be another one mistyped.',
      'Correct or remove it. The list: npm run -s dangvu -- fee --help.',
    ],
  ),
  'party-fees.field-wrong-type': said(
    ['Một mục không đúng kiểu', 'Mục "{field}" không đúng kiểu dữ liệu.', null, MEND_FIELD],
    ['A field is of the wrong type', '"{field}" is of the wrong type.', null, MEND_FIELD_EN],
  ),
  'party-fees.field-not-a-choice': said(
    [
      'Giá trị không thuộc danh mục',
      'Giá trị của mục "{field}" không thuộc danh mục cho phép.',
      null,
      MEND_FIELD,
    ],
    ['Not one of the choices', 'The value of "{field}" is none of its choices.', null, MEND_FIELD_EN],
  ),
  'party-fees.month-invalid': said(
    ['Kỳ nộp không đúng', 'Mục "{field}" phải là một tháng có thật, viết như 2026-06.', null, MEND_FIELD],
    ['Not a month', '"{field}" must be a month that exists, such as 2026-06.', null, MEND_FIELD_EN],
  ),
  'party-fees.date-invalid': said(
    ['Ngày không đúng', 'Mục "{field}" phải là một ngày có thật, viết như 1986-05-19.', null, MEND_FIELD],
    ['Not a day', '"{field}" must be a day that exists, such as 1986-05-19.', null, MEND_FIELD_EN],
  ),
  'party-fees.percent-invalid': said(
    ['Tỷ lệ giảm không đúng', 'Mục "{field}" phải là số nguyên từ 1 đến 100.', null, MEND_FIELD],
    ['Not a percentage', '"{field}" must be a whole number from 1 to 100.', null, MEND_FIELD_EN],
  ),
  'party-fees.amount-negative': said(
    ['Số tiền âm', 'Mục "{field}" là số âm.', 'Thu nhập và mức đóng không thể nhỏ hơn 0.', MEND_FIELD],
    ['A negative amount', '"{field}" is negative.', 'Income and fees are never below 0.', MEND_FIELD_EN],
  ),
  'party-fees.amount-fractional': said(
    [
      'Số tiền lẻ dưới một đồng',
      'Mục "{field}" không phải số nguyên.',
      'Số tiền tính bằng đồng, không có phần lẻ.',
      MEND_FIELD,
    ],
    ['A fraction of a đồng', '"{field}" is not a whole number.', 'Amounts are whole đồng.', MEND_FIELD_EN],
  ),
  'party-fees.amount-too-large': said(
    [
      'Số tiền quá lớn',
      'Mục "{field}" lớn hơn {mostVnd} đồng.',
      'Số lớn như vậy thường do gõ thừa chữ số.',
      MEND_FIELD,
    ],
    [
      'The amount is too large',
      '"{field}" is more than {mostVnd} đồng.',
      'So large a number is mostly a slip of the keyboard.',
      MEND_FIELD_EN,
    ],
  ),
}

/** Facts that cannot all be true. */
const CONTRADICTIONS: RefusalTexts = {
  'party-fees.benefit-without-insurance': said(
    [
      'Có trợ cấp BHXH nhưng không thuộc diện BHXH',
      'Có trợ cấp ốm đau hoặc thai sản, nhưng không ghi là thuộc diện BHXH bắt buộc.',
      'Trợ cấp này do BHXH chi trả cho người tham gia BHXH bắt buộc.',
      CHECK,
    ],
    [
      'A benefit of social insurance without insurance',
      'There is a sickness or maternity benefit, but the member is not said to be insured.',
      'Social insurance pays it to those who are compulsorily insured.',
      CHECK_EN,
    ],
  ),
  'party-fees.suspension-without-insurance': said(
    [
      'Tạm dừng đóng BHXH nhưng không thuộc diện BHXH',
      'Có ghi tạm dừng đóng BHXH, nhưng không ghi là thuộc diện BHXH bắt buộc.',
      'Chỉ người thuộc diện BHXH bắt buộc mới có việc tạm dừng đóng.',
      CHECK,
    ],
    [
      'Contributions suspended without insurance',
      'Contributions are said to be suspended, but the member is not said to be insured.',
      'Only who is compulsorily insured has contributions to suspend.',
      CHECK_EN,
    ],
  ),
  'party-fees.salary-without-insurance': said(
    [
      'Có lương đóng BHXH nhưng không thuộc diện BHXH',
      'Có tiền lương đóng BHXH, nhưng không ghi là thuộc diện BHXH bắt buộc.',
      'Hai thông tin này trái nhau.',
      CHECK,
    ],
    [
      'An insured salary without insurance',
      'There is a salary contributed on, but the member is not said to be insured.',
      'The two contradict one another.',
      CHECK_EN,
    ],
  ),
  'party-fees.extra-pay-without-pension': said(
    [
      'Có tiền làm thêm nhưng không có lương hưu',
      'Mục tiền công, phụ cấp làm thêm chỉ dành cho người hưởng lương hưu.',
      'Người đi làm không có lương hưu thì đóng theo diện BHXH hoặc theo lương tối thiểu vùng.',
      CHECK,
    ],
    [
      'Extra pay without a pension',
      'Extra pay is a fact of pensioners alone.',
      'Who works and has no pension pays as insured, or by the regional minimum wage.',
      CHECK_EN,
    ],
  ),
  'party-fees.set-amount-of-mission': said(
    [
      'Hưởng sinh hoạt phí thì không có mức đặt riêng',
      'Đảng viên ở cơ quan đại diện, hoặc học bằng ngân sách, đóng theo sinh hoạt phí.',
      'Mức đặt trong khung chỉ dành cho đảng viên khác ở ngoài nước.',
      CHECK,
    ],
    [
      'No set amount beside a living allowance',
      'Members of missions, and those who study on the State budget, pay on the living allowance.',
      'Amounts inside the band are for other members abroad.',
      CHECK_EN,
    ],
  ),
  'party-fees.allowance-outside-mission': said(
    [
      'Sinh hoạt phí không dùng cho nhóm này',
      'Đảng viên khác ở ngoài nước đóng một mức đặt trong khung, không tính trên sinh hoạt phí.',
      'Tính trên sinh hoạt phí chỉ dành cho cơ quan đại diện và người học bằng ngân sách.',
      CHECK,
    ],
    [
      'No living allowance in this group',
      'Other members abroad pay an amount set inside the band, not a share of an allowance.',
      'The living allowance is for missions and for those who study on the State budget.',
      CHECK_EN,
    ],
  ),
  'party-fees.joined-before-birth': said(
    ['Ngày vào Đảng trước ngày sinh', 'Ngày vào Đảng không sau ngày sinh.', null, CHECK],
    ['Joined before birth', 'The day of joining does not come after the day of birth.', null, CHECK_EN],
  ),
  'party-fees.born-after-period': said(
    ['Ngày sinh sau kỳ nộp', 'Ngày sinh không trước ngày đầu của kỳ nộp.', null, CHECK],
    [
      'Born after the period',
      'The day of birth does not come before the period’s first day.',
      null,
      CHECK_EN,
    ],
  ),
  'party-fees.reduction-ends-before': said(
    ['Thời gian miễn, giảm không đúng', 'Tháng kết thúc miễn, giảm trước tháng bắt đầu.', null, CHECK],
    ['The reduction ends before it begins', 'Its last month is before its first one.', null, CHECK_EN],
  ),
}

/** What is missing, and what the rules do not give. */
const RULES: RefusalTexts = {
  'party-fees.period-before-tariff': said(
    [
      'Kỳ nộp trước khi có mức đóng',
      'Hệ thống không có mức đóng của {period}.',
      'Mức đóng cũ nhất được lưu ở đây có từ {first}.',
      'Kỳ này phải tính theo hồ sơ giấy của thời đó.',
    ],
    [
      'The period is before the tariff',
      'There are no rates for {period}.',
      'The oldest ones kept here are in force since {first}.',
      'Compute this period by the papers of its time.',
    ],
  ),
  'party-fees.before-first-fee': said(
    [
      'Chưa đến kỳ đóng đầu tiên',
      'Đảng viên này đóng đảng phí từ {first}; {period} chưa phải đóng.',
      'Kỳ đầu tiên tính từ ngày vào Đảng, theo thiết lập của đơn vị.',
      'Đồng chí chọn kỳ sau, hoặc kiểm tra lại ngày vào Đảng.',
    ],
    [
      'Before the first fee',
      'This member pays from {first}; nothing is due for {period}.',
      'The first period follows the day of joining, by a setting.',
      'Choose a later period, or check the day of joining.',
    ],
  ),
  'party-fees.salary-missing': said(
    [
      'Chưa có tiền lương đóng BHXH',
      'Chưa có tiền lương đóng BHXH của {month}.',
      'Người tham gia BHXH bắt buộc đóng theo tiền lương đóng BHXH của tháng trước liền kề.',
      'Đồng chí bổ sung tiền lương tháng đó; nếu tháng này không đóng BHXH thì ghi rõ trợ cấp hoặc tạm dừng.',
    ],
    [
      'The insured salary is missing',
      'The salary contributed on in {month} is not known.',
      'Who is compulsorily insured pays on the salary of the month immediately before.',
      'Add it; if nothing is contributed this month, say so by the benefit or the suspension.',
    ],
  ),
  'party-fees.region-missing': said(
    [
      'Chưa biết vùng lương tối thiểu',
      'Mức đóng tính trên lương tối thiểu vùng, nhưng chưa ghi vùng.',
      'Vùng là của xã, phường nơi chi bộ sinh hoạt, không phải nơi đảng viên ở.',
      'Đồng chí ghi vùng I, II, III hoặc IV của chi bộ.',
    ],
    [
      'The region is missing',
      'The fee is a share of the regional minimum wage, but no region is given.',
      'It is that of the commune or ward of the cell, not of the member’s home.',
      'Give the region of the cell: I, II, III or IV.',
    ],
  ),
  'party-fees.age-unknown': said(
    [
      'Chưa biết đã đến tuổi nghỉ hưu hay chưa',
      'Mức đóng của nhóm này tùy theo tuổi nghỉ hưu, nhưng thiếu ngày sinh, hoặc thiếu nam, nữ.',
      'Tuổi nghỉ hưu tính theo tháng sinh, của nam và nữ khác nhau.',
      'Đồng chí bổ sung ngày sinh và nam, nữ.',
    ],
    [
      'Retirement age cannot be judged',
      'The fee of this class depends on retirement age, but the day of birth or the sex is missing.',
      'The age goes by the month of birth and differs for men and women.',
      'Add the day of birth and the sex.',
    ],
  ),
  'party-fees.living-allowance-missing': said(
    [
      'Chưa có sinh hoạt phí',
      'Nhóm này đóng 1 % sinh hoạt phí hằng tháng, nhưng chưa ghi sinh hoạt phí.',
      null,
      'Đồng chí bổ sung sinh hoạt phí bằng đồng Việt Nam.',
    ],
    [
      'The living allowance is missing',
      'This class pays 1 % of the monthly living allowance, which is not given.',
      null,
      'Add the allowance in Vietnamese đồng.',
    ],
  ),
  'party-fees.set-amount-missing': said(
    [
      'Chưa có mức đóng đã đặt',
      'Đảng viên khác ở ngoài nước đóng một mức đặt sẵn, nhưng chưa ghi mức đó.',
      'Mức cụ thể do Đảng ủy Bộ Ngoại giao hướng dẫn.',
      'Đồng chí ghi mức đã đặt, bằng đồng Việt Nam.',
    ],
    [
      'The set amount is missing',
      'Other members abroad pay an amount that was set, which is not given.',
      'The Foreign Ministry’s Party committee guides the amounts.',
      'Give the amount that was set, in Vietnamese đồng.',
    ],
  ),
  'party-fees.set-amount-outside-band': said(
    [
      'Mức đặt ra ngoài khung',
      'Mức đã đặt không nằm trong khung từ {leastVnd} đến {mostVnd} đồng.',
      'Khung này là thiết lập của đơn vị.',
      'Đồng chí kiểm tra lại mức đã đặt.',
    ],
    [
      'The set amount is outside the band',
      'The amount does not lie between {leastVnd} and {mostVnd} đồng.',
      'The band is a setting.',
      'Check the amount that was set.',
    ],
  ),
  'party-fees.reduction-percent': said(
    [
      'Không có mức giảm này',
      'Quyết định ghi giảm {percent} %.',
      'Quy định chỉ có các mức giảm 30 %, 50 %, 70 %, hoặc miễn (100 %).',
      'Đồng chí kiểm tra lại quyết định.',
    ],
    [
      'There is no such reduction',
      'The decision says {percent} %.',
      'The Regulation knows 30 %, 50 % and 70 %, or exemption (100 %).',
      'Check the decision.',
    ],
  ),
  'party-fees.reduction-too-long': said(
    [
      'Thời gian miễn, giảm quá dài',
      'Quyết định kéo dài {periods} tháng.',
      'Mỗi lần miễn, giảm không quá {most} tháng; sau đó phải có đơn mới.',
      'Đồng chí ghi đúng thời gian của từng quyết định.',
    ],
    [
      'The reduction runs too long',
      'The decision runs {periods} months.',
      'Each decision runs at most {most} months; then a new request is needed.',
      'Give the months of each decision by itself.',
    ],
  ),
}

export const TARIFF_REFUSALS: RefusalTexts = { ...FIELDS, ...CONTRADICTIONS, ...RULES }

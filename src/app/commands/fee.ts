/** `fee`: one member's Party fee for one month, with the reason of every step; works without a database. */
import { formatMonth } from '../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { amountInWords, numberVi } from '../../kernel/vietnamese-numbers.ts'
import { classInWords, explain, type Explained } from '../../procedures/party-fees/explanation.ts'
import { readFeeFacts } from '../../procedures/party-fees/fact-contract.ts'
import { assess } from '../../procedures/party-fees/law/assess.ts'
import type { Assessment } from '../../procedures/party-fees/law/facts.ts'
import { CommandError, textOf, type Command, type Io } from './command.ts'
import { readGivenFile } from './files.ts'

const LIMIT_BYTES = 1024 * 1024

const FACTS = [
  'period                          "2026-06"',
  'insured, student, socialPension, contributionSuspended   true | false',
  'insuredSalaryPreviousMonthVnd, pensionVnd, extraPayVnd, monthlyAllowanceVnd, voluntaryExtraVnd   8000000',
  'benefit                         {"kind": "sickness" | "maternity", "amountVnd": 4000000}',
  'birthDate, joinedOn             "1986-05-19"',
  'sex                             "male" | "female"',
  'region                          "I" | "II" | "III" | "IV"',
  'abroad                          {"kind": "mission", "allowanceVnd": …} | {"kind": "other", "setAmountVnd": …}',
  'hardship                        "poor" | "near-poor" | "critical-illness"',
  'reduction                       {"percent": 30 | 50 | 70 | 100, "from": "2026-03", "to": "2027-02"}',
].map((line) => `  ${line}`)

export const feeCommand: Command = {
  name: 'fee',
  positionals: [],
  flags: {
    facts: {
      value: 'FILE',
      required: true,
      words: {
        vi: 'tệp JSON: thông tin của một đảng viên trong một kỳ',
        en: 'JSON file: the facts of one member for one period',
      },
    },
  },
  summary: {
    vi: 'tính đảng phí một tháng, kèm căn cứ',
    en: 'compute the Party fee of a month, with its reasons',
  },
  onlyLooks: true,
  about: {
    vi: [
      'Tính theo mức đóng trong chương trình và thiết lập mặc định; không cần cơ sở dữ liệu. Chỉ "period" là bắt buộc:',
      ...FACTS,
      'JSON: {"amountVnd", "class", "why": [{"rule", "citation", "input", "result"}]}; không tính được: mã 1, {"error": {"code", "message"}}',
    ].join('\n'),
    en: [
      'Computed by the tariff of the program and the defaults of its settings; needs no database. Only "period" is required:',
      ...FACTS,
      'JSON: {"amountVnd", "class", "why": [{"rule", "citation", "input", "result"}]}; refused: exit 1, {"error": {"code", "message"}}',
    ].join('\n'),
  },
  async run(asked, io) {
    const facts = readFeeFacts(await readJson(textOf(asked, 'facts')))
    const assessment = assess(facts, DEFAULT_SETTINGS)
    const why = explain(assessment.why, io.language)
    io.result({ amountVnd: assessment.amountVnd, class: assessment.class, why })
    sayFee(facts.period, assessment, why, io)
    return true
  },
}

async function readJson(path: string): Promise<unknown> {
  const bytes = await readGivenFile(path, LIMIT_BYTES)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new CommandError('file.not-json', {
      vi: `Tệp không phải JSON: ${path}`,
      en: `The file is not JSON: ${path}`,
    })
  }
}

function sayFee(period: string, fee: Assessment, why: readonly Explained[], io: Io): void {
  const { language } = io
  const month = formatMonth(period, language)
  const amount = `${numberVi(fee.amountVnd)} đ`
  io.say(
    language === 'vi'
      ? `Đảng phí ${month}: ${amount} (${amountInWords(fee.amountVnd)})`
      : `Party fee of ${month}: ${amount}`,
  )
  io.say(`${language === 'vi' ? 'Nhóm' : 'Class'}: ${classInWords(fee.class, language)}`)
  io.say(language === 'vi' ? 'Vì sao:' : 'Why:')
  why.forEach(({ rule, citation, input, result }, index) =>
    io.say(`  ${index + 1}. ${rule} [${citation}]: ${input} → ${result}`),
  )
}

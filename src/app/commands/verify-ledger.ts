/** `verify-ledger`: makes anew what follows from the ledger of fees, and prints what differs. */
import { verifyLedger, type Finding, type LedgerReport } from '../../procedures/party-fees/ledger/verify.ts'
import type { Command, Io, Words } from './command.ts'

export const verifyLedgerCommand: Command = {
  name: 'verify-ledger',
  positionals: [],
  flags: {},
  onlyLooks: true,
  summary: { vi: 'đối chiếu sổ cái đảng phí', en: 'check the ledger of Party fees' },
  about: {
    vi: 'Tính lại từ các dòng chỉ được ghi thêm: số dư từng tài khoản, nợ = có, số phải nộp và đã nộp của mọi đơn vị bằng tổng bên dưới, biên lai liên tục, từng khoản nộp khớp dòng ngân hàng. Máy chủ chạy hay không đều được.\nMã kết thúc 0 chỉ khi không có sai lệch nào.\nJSON: {"lines", "transfers", "payments", "checks": [{"name", "problems"}], "problemCount", "problems": [{"check", "key", "found", "wanted"}], "tookSeconds"}',
    en: 'Works out anew from the rows that are only added: each balance, debit = credit, what is due and paid of every organisation as the sum below it, receipts without gaps, each payment against its line of the bank. With or without a running server.\nExit code 0 only when nothing differs.\nJSON: {"lines", "transfers", "payments", "checks": [{"name", "problems"}], "problemCount", "problems": [{"check", "key", "found", "wanted"}], "tookSeconds"}',
  },
  async run(asked, io) {
    const { database } = await asked.open()
    const report = await verifyLedger(database, (check) => io.tell(wordsOf(check)[io.language]))
    io.result(report)
    sayReport(report, io)
    return report.problemCount === 0
  },
}

function sayReport(
  { lines, transfers, payments, checks, problems, problemCount, tookSeconds }: LedgerReport,
  io: Io,
): void {
  const vi = io.language === 'vi'
  io.say(
    vi
      ? `${lines} khoản phải nộp, ${payments} khoản nộp, ${transfers} bút toán; ${tookSeconds} giây.`
      : `${lines} lines due, ${payments} payments, ${transfers} transfers; ${tookSeconds} seconds.`,
  )
  for (const problem of problems) io.say(lineOf(problem, vi))
  const wrong = checks.filter((check) => check.problems > 0)
  for (const { name, problems: count } of wrong) io.say(`${wordsOf(name)[io.language]}: ${count}`)
  if (problemCount === 0) io.say(vi ? 'Sổ cái khớp.' : 'The ledger agrees.')
  else
    io.say(
      vi ? `Sổ cái KHÔNG khớp: ${problemCount} chỗ.` : `The ledger does NOT agree: ${problemCount} places.`,
    )
}

function lineOf({ check, key, found, wanted }: Finding, vi: boolean): string {
  return vi
    ? `${key}: thấy ${found}, phải là ${wanted} [${check}]`
    : `${key}: found ${found}, must be ${wanted} [${check}]`
}

function wordsOf(check: string): Words {
  return CHECK_WORDS[check] ?? { vi: check, en: check }
}

const CHECK_WORDS: Readonly<Record<string, Words>> = {
  balances: { vi: 'Số dư tài khoản', en: 'Balances of accounts' },
  'debit-is-credit': { vi: 'Nợ bằng có', en: 'Debit is credit' },
  totals: { vi: 'Tổng của mỗi đơn vị', en: 'Totals of each organisation' },
  payments: { vi: 'Khoản nộp, lệnh nộp, dòng ngân hàng', en: 'Payments, orders, lines of the bank' },
  'paid-lines': { vi: 'Khoản đã nộp', en: 'Lines paid' },
  'paid-and-replaced': { vi: 'Khoản đã nộp rồi bị thay', en: 'Lines paid and replaced' },
  refunds: { vi: 'Tiền chờ hoàn trả', en: 'Money to be paid back' },
  corrections: { vi: 'Điều chỉnh khoản nộp', en: 'Corrections within the ledger' },
  receipts: { vi: 'Số biên lai liên tục', en: 'Receipts without gaps' },
  'bank-lines': { vi: 'Mỗi dòng ngân hàng ghi sổ một lần', en: 'Each line of the bank booked once' },
  reviews: { vi: 'Quyết định về tiền chưa khớp', en: 'Decisions about money that fitted nothing' },
  statements: { vi: 'Sao kê đã nạp', en: 'Statements kept' },
  assessments: { vi: 'Tháng đã xác định không bị sửa', en: 'Assessed months unaltered' },
  changes: { vi: 'Mỗi khoản thêm có lý do', en: 'Each added line has its reason' },
  remittances: { vi: 'Từng bước trích, nộp cấp trên', en: 'Each step of remittances' },
  owed: { vi: 'Phần còn phải nộp cấp trên', en: 'What is still owed upwards' },
  'received-from-below': { vi: 'Tiền cấp dưới nộp lên', en: 'What came from below' },
  drawings: { vi: 'Phần giữ lại được chuyển về', en: 'Shares paid down' },
  vouchers: { vi: 'Phiếu thu, phiếu chi', en: 'Vouchers' },
}

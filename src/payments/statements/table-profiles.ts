/** How the tables of internet banking name their columns: one profile a bank; the usual words until one is known. */
import type { Column } from '../../spreadsheets/table.ts'

export type StatementField =
  'date' | 'reference' | 'debit' | 'credit' | 'amount' | 'balance' | 'content' | 'counterAccount' | 'currency'

export interface StatementProfile {
  readonly columns: readonly Column<StatementField>[]
  /** words before the opening and the closing balance, above or below the table, without accents */
  readonly opening: RegExp
  readonly closing: RegExp
  /** words before the number of the account */
  readonly account: RegExp
  /** words before the currency */
  readonly currency: RegExp
}

/** Columns that somebody assigned on screen: which of the file's own words stands above what. */
export type AssignedColumns = Readonly<Partial<Record<StatementField, string>>>

/** The columns as assigned; what stands above and below the table keeps its usual words. */
export function profileOf(assigned: AssignedColumns): StatementProfile {
  const columns = USUAL_PROFILE.columns.flatMap((column) => {
    const header = assigned[column.field]
    return header === undefined ? [] : [{ ...column, headers: [header] }]
  })
  return { ...USUAL_PROFILE, columns }
}

/**
 * Words that Vietnamese banks are known to use. No layout of a bank was at hand: a bank whose file does not pass gets
 * a profile of its own here.
 */
export const USUAL_PROFILE: StatementProfile = {
  columns: [
    {
      field: 'date',
      mandatory: true,
      headers: [
        'Ngày giao dịch',
        'Ngày GD',
        'Ngày hạch toán',
        'Ngày',
        'Transaction date',
        'Booking date',
        'Date',
      ],
    },
    {
      field: 'reference',
      headers: [
        'Số tham chiếu',
        'Mã giao dịch',
        'Số bút toán',
        'Số CT',
        'Số chứng từ',
        'Reference',
        'Reference number',
      ],
    },
    {
      field: 'debit',
      headers: [
        'Ghi nợ',
        'Số tiền ghi nợ',
        'Phát sinh nợ',
        'Nợ',
        'Tiền ra',
        'Rút ra',
        'Debit',
        'Debit amount',
      ],
    },
    {
      field: 'credit',
      headers: [
        'Ghi có',
        'Số tiền ghi có',
        'Phát sinh có',
        'Có',
        'Tiền vào',
        'Gửi vào',
        'Credit',
        'Credit amount',
      ],
    },
    { field: 'amount', headers: ['Số tiền', 'Số tiền giao dịch', 'Amount', 'Transaction amount'] },
    {
      field: 'balance',
      headers: ['Số dư', 'Số dư sau giao dịch', 'Số dư cuối', 'Balance', 'Running balance'],
    },
    {
      field: 'content',
      mandatory: true,
      headers: [
        'Nội dung',
        'Nội dung giao dịch',
        'Nội dung chi tiết',
        'Diễn giải',
        'Mô tả',
        'Description',
        'Details',
        'Content',
      ],
    },
    {
      field: 'currency',
      headers: ['Loại tiền', 'Loại tiền tệ', 'Tiền tệ', 'Đơn vị tiền tệ', 'Currency', 'Ccy'],
    },
    { field: 'counterAccount', headers: ['Tài khoản đối ứng', 'Số tài khoản đối ứng', 'Counter account'] },
  ],
  opening: /^(so du dau|opening balance|beginning balance)/,
  closing: /^(so du cuoi|closing balance|ending balance)/,
  currency: /^(loai tien|tien te|don vi tien te|currency|ccy)\b/,
  account: /^(so tai khoan|tai khoan|so tk|account number|account no|account)\b/,
}

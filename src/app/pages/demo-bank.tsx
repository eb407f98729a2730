/** The demonstration's bank (ngân hàng giả lập): a transfer is entered as in a bank's application, and its callback is sent. */
import type { Language } from '../../kernel/plain-date.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Inset } from '../../ui/notice.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const BANK_TEXTS: Readonly<Record<Language, Readonly<Record<BankWord, string>>>> = {
  vi: {
    title: 'Ngân hàng giả lập',
    lead: 'Thay cho ứng dụng ngân hàng trong bản dùng thử: không có tiền thật nào được chuyển.',
    about:
      'Bấm "Chuyển tiền" thì ngân hàng báo có cho hệ thống đúng như một bên báo có thật: có chữ ký, có nội dung chuyển khoản. Đồng chí thử sửa số tiền hoặc nội dung để xem khoản tiền không khớp được xử lý ra sao.',
    account: 'Số tài khoản nhận',
    amount: 'Số tiền (đồng)',
    note: 'Nội dung chuyển khoản',
    send: 'Chuyển tiền',
    sent: 'Ngân hàng đã báo có',
    refused: 'Hệ thống không nhận báo có này',
    refusedMend: 'Số tài khoản phải là tài khoản thu đảng phí đã xác thực; số tiền là số nguyên đồng.',
    back: 'Quay lại trang trước để xem kết quả.',
  },
  en: {
    title: 'The simulated bank',
    lead: 'In place of a bank’s application on the demonstration: no real money moves.',
    about:
      'Sending makes the bank tell the system as a real go-between would: signed, with the note. Change the amount or the note to see what becomes of money that does not fit.',
    account: 'Account to pay to',
    amount: 'Amount (đồng)',
    note: 'Note',
    send: 'Send',
    sent: 'The bank has told of it',
    refused: 'The system does not take this',
    refusedMend: 'The account must be a verified one for fees; the amount a whole number of đồng.',
    back: 'Go back to the page before to see the result.',
  },
}

type BankWord =
  | 'title'
  | 'lead'
  | 'about'
  | 'account'
  | 'amount'
  | 'note'
  | 'send'
  | 'sent'
  | 'refused'
  | 'refusedMend'
  | 'back'

export interface EnteredTransfer {
  readonly account: string
  readonly amount: string
  readonly note: string
}

export function DemoBankPage(props: {
  readonly language: Language
  readonly csrf: string | undefined
  readonly entered: EnteredTransfer
  readonly outcome: 'sent' | 'refused' | undefined
}) {
  const { language, csrf, entered, outcome } = props
  const texts = BANK_TEXTS[language]
  return (
    <>
      {outcome === 'sent' && (
        <Banner kind="success" title={texts.sent}>
          <p>{texts.back}</p>
        </Banner>
      )}
      {outcome === 'refused' && (
        <Banner kind="problem" title={texts.refused}>
          <p>{texts.refusedMend}</p>
        </Banner>
      )}
      <PageTitle title={texts.title} lead={texts.lead} />
      <Inset>{texts.about}</Inset>
      <Form action="/demo/bank" csrf={csrf ?? ''}>
        <TextField name="account" label={texts.account} value={entered.account} autocomplete="off" />
        <TextField name="amount" label={texts.amount} value={entered.amount} numeric />
        <TextField name="note" label={texts.note} value={entered.note} autocomplete="off" />
        <ButtonRow>
          <Button>{texts.send}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}

/** `vietqr`: the text of a VietQR code for a transfer, to be tried with a bank's app; needs no database. */
import { todayIn } from '../../kernel/plain-date.ts'
import { optionalText, textOf, UsageError, type Asked, type Command } from './command.ts'

export const vietqrCommand: Command = {
  name: 'vietqr',
  positionals: [],
  onlyLooks: true,
  flags: {
    bin: {
      value: 'B',
      required: true,
      words: { vi: 'mã ngân hàng nhận, sáu chữ số', en: 'number of the receiving bank, six digits' },
    },
    account: {
      value: 'A',
      required: true,
      words: { vi: 'số tài khoản nhận, hoặc số thẻ', en: 'receiving account, or card number' },
    },
    amount: {
      value: 'N',
      words: {
        vi: 'số tiền, đồng; bỏ trống thì người chuyển tự ghi',
        en: 'amount in đồng; left out, whoever pays types it',
      },
    },
    note: {
      value: 'S',
      words: {
        vi: 'nội dung chuyển khoản; dấu được bỏ đi',
        en: 'note of the transfer; accents are taken off',
      },
    },
    card: { words: { vi: 'A là số thẻ', en: 'A is the number of a card' } },
  },
  summary: { vi: 'viết nội dung một mã VietQR', en: 'write the text of a VietQR code' },
  about: {
    vi: 'In ra chuỗi ký tự của mã, không phải hình. Có số tiền thì mã dùng cho một lần chuyển, không có thì dùng nhiều lần.\nJSON: {"payload", "bank"}; "bank" là null khi danh sách ngân hàng không có mã ấy.',
    en: 'Prints the characters of the code, not the picture. With an amount it is for one transfer, without for many.\nJSON: {"payload", "bank"}; "bank" is null where the list of banks does not have the number.',
  },
  async run(asked, io) {
    const { encodeVietQr } = await import('../../payments/vietqr.ts')
    const { findBank } = await import('../../payments/banks.ts')
    const bin = textOf(asked, 'bin')
    const amountVnd = amountOf(asked)
    const note = optionalText(asked, 'note')
    const payload = encodeVietQr(
      {
        bin,
        account: textOf(asked, 'account'),
        to: asked.flags.card === true ? 'card' : 'account',
        ...(amountVnd === undefined ? {} : { amountVnd }),
        ...(note === undefined ? {} : { note }),
      },
      todayIn(new Date()),
    )
    const bank = findBank(bin)
    if (bank === undefined)
      io.tell(
        io.language === 'vi'
          ? `Lưu ý: danh sách ngân hàng không có mã ${bin}.`
          : `Note: the list of banks does not have the number ${bin}.`,
      )
    io.say(payload)
    io.result({ payload, bank: bank ?? null })
    return true
  },
}

function amountOf(asked: Asked): number | undefined {
  const text = optionalText(asked, 'amount')
  if (text === undefined) return undefined
  if (!/^-?\d{1,15}(\.\d+)?$/.test(text))
    throw new UsageError('usage.flag-value', {
      vi: `--amount cần một số viết bằng chữ số, không có dấu ngăn: --amount 50000`,
      en: `--amount needs a number in digits, without separators: --amount 50000`,
    })
  return Number(text)
}

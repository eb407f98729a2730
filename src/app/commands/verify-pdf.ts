/** `verify-pdf`: whether a signed paper is whole, and whether those who signed it are trusted. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { formatInstant } from '../../kernel/plain-date.ts'
import type { SignatureReport, VerifyResult } from '../../signatures/verify.ts'
import { openClock } from '../clock.ts'
import { signersFor } from '../installation-signers.ts'
import { optionalText, UsageError, type Asked, type Command, type Io } from './command.ts'
import { readGivenFile } from './files.ts'
import { readRoots } from './pem-file.ts'

const LIMIT_BYTES = 100 * 1024 * 1024

export const verifyPdfCommand: Command = {
  name: 'verify-pdf',
  positionals: ['FILE'],
  flags: {
    trust: {
      value: 'PEM',
      words: {
        vi: 'tệp PEM với các chứng thư gốc được tin cậy; bỏ trống thì lấy của bản cài đặt này',
        en: 'PEM file with the trusted root certificates; left out, those of this installation',
      },
    },
    at: {
      value: 'INSTANT',
      words: {
        vi: 'kiểm tra như vào thời điểm này (2027-08-25T09:00:00+07:00), cho giấy tờ của bản dùng thử có đồng hồ đi trước; bỏ trống: lúc này',
        en: 'check as of this moment (2027-08-25T09:00:00+07:00), for papers of a demo whose clock was moved ahead; left out: now',
      },
    },
  },
  summary: { vi: 'kiểm tra chữ ký số của một giấy tờ PDF', en: 'check the signatures of a PDF' },
  about: {
    vi: 'Mã kết thúc 0 chỉ khi giấy tờ toàn vẹn và mọi chữ ký đều của người được tin cậy.\nJSON: {"valid", "trusted", "test", "signatures", "unsigned", "fields", "changes", "problems"}',
    en: 'Exit code 0 only when the paper is whole and every signature is trusted.\nJSON: {"valid", "trusted", "test", "signatures", "unsigned", "fields", "changes", "problems"}',
  },
  async run(asked, io) {
    const [path = ''] = asked.positionals
    const pdf = await readGivenFile(path, LIMIT_BYTES)
    const moment = momentOf(optionalText(asked, 'at'))
    const { roots, timestampRoots, at: now } = await trustOf(asked, io)
    const at = moment ?? now
    const { verifyPaper } = await import('../../signatures/verify.ts')
    const result = verifyPaper(pdf, { trust: roots, trustTimestamps: timestampRoots ?? roots, at })
    io.result(result)
    sayResult(result, io)
    return result.valid && result.trusted
  },
}

/** @throws UsageError for what is no moment */
function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const { data } = z.iso.datetime({ offset: true }).safeParse(text)
  if (data !== undefined) return new Date(data)
  throw new UsageError('usage.no-instant', {
    vi: `"${text}" không phải là thời điểm, ví dụ 2027-08-25T09:00:00+07:00`,
    en: `"${text}" is no moment, for example 2027-08-25T09:00:00+07:00`,
  })
}

/** The roots that were given, or those of the installation that lies here; a paper of its own demo may be of its moved clock. */
async function trustOf(
  asked: Asked,
  io: Io,
): Promise<{ roots: string[]; timestampRoots?: string[] | undefined; at: Date }> {
  const file = optionalText(asked, 'trust')
  if (file !== undefined) return { roots: await readRoots(file), at: new Date() }
  const { config } = asked
  if (config.databaseUrl === undefined && !existsSync(join(config.dataFolder, 'database'))) {
    io.tell(
      io.language === 'vi'
        ? 'Ở đây chưa có bản cài đặt nào: không chứng thư gốc nào được tin cậy. Hãy chỉ rõ bằng --trust.'
        : 'There is no installation here: no root certificate is trusted. Name some with --trust.',
    )
    return { roots: [], at: new Date() }
  }
  const { database, trial } = await asked.open()
  const clock = await openClock(database)
  clock.close()
  const signers = signersFor(trial, database, config, clock)
  const timestampRoots = await signers.timestampRoots?.()
  return { roots: await signers.trustRoots(), timestampRoots, at: clock.now() }
}

const STANDING: Record<SignatureReport['standing'], { vi: string; en: string }> = {
  valid: { vi: 'hợp lệ', en: 'valid' },
  untrusted: {
    vi: 'không rõ người ký: chứng thư không thuộc gốc tin cậy nào',
    en: 'signer unknown: no trusted root behind the certificate',
  },
  expired: { vi: 'chứng thư không có hiệu lực lúc ký', en: 'the certificate was not valid when it signed' },
  revoked: { vi: 'chứng thư đã bị thu hồi lúc ký', en: 'the certificate had been revoked when it signed' },
  broken: { vi: 'KHÔNG khớp nội dung', en: 'does NOT agree with the content' },
}

/** Who says when: B-T names the authority, B-B is the signer's own clock. */
function timeOf({ timestamped, timestampedBy }: SignatureReport, language: Io['language']): string {
  if (timestampedBy === undefined)
    return language === 'vi' ? 'không có dấu thời gian, B-B' : 'no time-stamp, B-B'
  if (timestamped)
    return language === 'vi'
      ? `dấu thời gian của ${timestampedBy}, B-T`
      : `time-stamp of ${timestampedBy}, B-T`
  return language === 'vi'
    ? `dấu thời gian của ${timestampedBy}, chưa được tin cậy: tính như B-B`
    : `time-stamp of ${timestampedBy}, not trusted: taken as B-B`
}

function sayResult(result: VerifyResult, io: Io): void {
  const { language } = io
  for (const signature of result.signatures) {
    const who = [signature.signer, signature.title, signature.organisation].filter(Boolean).join(', ')
    io.say(
      `${who}: ${STANDING[signature.standing][language]} (${formatInstant(new Date(signature.at), language)}, ${timeOf(signature, language)})`,
    )
  }
  for (const problem of result.problems) io.say(`  ${problem.code} ${JSON.stringify(problem.facts)}`)
  io.say(VERDICT[result.valid && result.trusted ? 'good' : result.valid ? 'untrusted' : 'broken'][language])
  if (result.test)
    io.say(
      language === 'vi'
        ? 'Chữ ký THỬ NGHIỆM (TEST), không có giá trị.'
        : 'TEST signatures, without legal force.',
    )
}

const VERDICT = {
  good: {
    vi: 'Giấy tờ toàn vẹn, chữ ký được tin cậy.',
    en: 'The paper is whole and its signatures are trusted.',
  },
  untrusted: {
    vi: 'Giấy tờ toàn vẹn, nhưng có chữ ký không được tin cậy.',
    en: 'The paper is whole, but a signature is not trusted.',
  },
  broken: { vi: 'Giấy tờ KHÔNG hợp lệ.', en: 'The paper is NOT valid.' },
} as const

/**
 * A PKCS#11 module (the maker's driver of a token) in a process of its own: `p11-kit remote MODULE` of Debian's package
 * p11-kit loads it and speaks to us over its standard input and output. A driver that hangs or falls takes that process
 * with it and nothing of ours; the next call starts another one.
 *
 * The protocol is p11-kit's own (rpc-message.c, version 0): one byte each way, then frames of a twelve-byte head (number,
 * length of options, length of body); a body is the call's number, the signature of what follows, and the values.
 */

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'

/** What keeps a token from signing, for the log and for whoever looks after the machine: what to do stands in each. */
const WORDS = {
  'no-program': ['chưa cài p11-kit: apt install p11-kit', 'p11-kit is not installed'],
  'no-module': ['không nạp được thư viện PKCS#11, xem lại đường dẫn "module"', 'the module cannot be loaded'],
  away: [
    'không thấy token, cắm lại rồi thử lại',
    'the token is not there; plug it in, it is found again by itself',
  ],
  slow: ['token trả lời quá chậm, rút ra cắm lại', 'the token did not answer in time; plug it in anew'],
  pin: [
    'token không nhận PIN, hoặc không rõ đã nhận chưa: ghi lại tệp "pinFile"; PIN này không được thử lại',
    'the PIN was refused, or its answer was lost: write the file anew; this one is not tried again',
  ],
  'pin-locked': [
    'PIN bị khóa hoặc chỉ còn một lần thử: đăng nhập bằng tay một lần, ví dụ pkcs11-tool --login --test',
    'the PIN is locked or has one try left: log in once by hand',
  ],
  'two-tokens': [
    'có hai token trùng nhãn: ghi số sê-ri của đúng token vào "token"',
    'two tokens bear this label: write the serial number of the one meant into "token"',
  ],
  'no-key': [
    'trên token không có đúng một khóa mang tên này cùng chứng thư của nó',
    'not exactly one key of that name with its certificate on the token',
  ],
  failed: ['token báo lỗi', 'the token said no'],
} as const satisfies Record<string, readonly [vi: string, en: string]>

/** Why a token does not sign; `code` is what the module said (CKR_…), where it said anything. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly why: keyof typeof WORDS
  readonly code: number | undefined
  /** for whoever looks after the machine */
  readonly words: readonly [vi: string, en: string]

  constructor(why: TokenError['why'], code?: number) {
    const [vi, en] = WORDS[why]
    super(`${vi} (${en})${code === undefined ? '' : ` [CKR 0x${code.toString(16)}]`}`)
    this.why = why
    this.words = [vi, en]
    this.code = code
  }
}

export interface ModuleCall {
  /** the call's number in p11-kit's table, what its request and its answer are made of */
  readonly number: number
  readonly asks: string
  readonly answers: string
}

export interface ModuleProcess {
  /** @returns the answer's values. @throws TokenError `failed` with the module's code; the others when it cannot be asked */
  call(call: ModuleCall, values: Uint8Array): Promise<Buffer>
  /** whether it still runs */
  readonly alive: boolean
  end(): void
}

export interface ModuleSettings {
  /** path of the maker's library */
  readonly module: string
  /** what the driver needs of the environment, for example SOFTHSM2_CONF; of ours it sees PATH and HOME only */
  readonly environment: Readonly<Record<string, string>>
  /** a call that takes longer has failed, and the process with it */
  readonly callMs: number
}

const HEAD = 12
const VERSION = Uint8Array.of(0)
const ERROR_CALL = 0
/** Answers are signatures and certificates. */
const LARGEST_ANSWER = 1024 * 1024

interface Waiting {
  readonly call: ModuleCall
  readonly settle: (values: Buffer) => void
  readonly fail: (error: TokenError) => void
  readonly timer: NodeJS.Timeout
}

/** @throws TokenError `no-program` where p11-kit is not installed, `no-module` where it ended at once */
export async function startModule({ module, environment, callMs }: ModuleSettings): Promise<ModuleProcess> {
  const { PATH = '', HOME = '/' } = process.env
  const child = spawn('p11-kit', ['remote', module], { env: { PATH, HOME, ...environment } })
  // An error before the start (no such program) and an exit right after it both end the promise below.
  await once(child, 'spawn').catch(() => {
    throw new TokenError('no-program')
  })
  return speakWith(child, callMs)
}

function speakWith(child: ChildProcessWithoutNullStreams, callMs: number): ModuleProcess {
  const waiting = new Map<number, Waiting>()
  let held = Buffer.alloc(0)
  let greeted = false
  let alive = true
  let last = 0x10

  /** Whoever waits is told the same: after a lost answer nobody knows what the module did. */
  function end(why: TokenError['why']): void {
    alive = false
    child.kill('SIGKILL')
    for (const one of waiting.values()) {
      clearTimeout(one.timer)
      one.fail(new TokenError(why))
    }
    waiting.clear()
  }

  function hear(bytes: Buffer): void {
    held = Buffer.concat([held, bytes])
    if (!greeted && held.length > 0) {
      greeted = true
      held = held.subarray(1)
    }
    while (held.length >= HEAD) {
      const [number, options, body] = [0, 4, 8].map((at) => held.readUInt32BE(at)) as [number, number, number]
      if (options + body > LARGEST_ANSWER) return end('failed')
      if (held.length < HEAD + options + body) return
      answer(number, held.subarray(HEAD + options, HEAD + options + body))
      held = held.subarray(HEAD + options + body)
    }
  }

  function answer(number: number, body: Buffer): void {
    const one = waiting.get(number)
    if (!one) return
    waiting.delete(number)
    clearTimeout(one.timer)
    try {
      one.settle(valuesOf(body, one.call))
    } catch (error) {
      one.fail(error instanceof TokenError ? error : new TokenError('failed'))
    }
  }

  child.stdout.on('data', hear)
  child.stderr.resume() // the driver's own words may name the token's owner
  child.stdin.on('error', () => end('no-module'))
  child.on('error', () => end('no-program'))
  child.on('exit', () => end(greeted ? 'away' : 'no-module'))
  child.unref()
  for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as unknown as { unref(): void }).unref()
  child.stdin.write(VERSION)

  return {
    get alive() {
      return alive
    },
    call(call, values) {
      if (!alive) return Promise.reject(new TokenError('away'))
      const number = (last += 1)
      return new Promise((settle, fail) => {
        const timer = setTimeout(() => end('slow'), callMs)
        waiting.set(number, { call, settle, fail, timer })
        child.stdin.write(frame(number, call, values))
      })
    },
    end: () => end('away'),
  }
}

function frame(number: number, { number: what, asks }: ModuleCall, values: Uint8Array): Buffer {
  const body = Buffer.concat([uint32(what), counted(Buffer.from(asks)), values])
  return Buffer.concat([uint32(number), uint32(0), uint32(body.length), body])
}

function valuesOf(body: Buffer, { number, answers }: ModuleCall): Buffer {
  const said = body.readUInt32BE(0)
  const length = body.readUInt32BE(4)
  const values = body.subarray(8 + length)
  if (said === ERROR_CALL) throw new TokenError('failed', Number(values.readBigUInt64BE(0)))
  if (said !== number || body.toString('latin1', 8, 8 + length) !== answers) throw new TokenError('failed')
  return values
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** Bytes behind their length. */
export function counted(bytes: Uint8Array): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** The payment key (mã khoản nộp): the short word in a transfer's note by which its payment is found, and nothing else. */
import { withoutAccents } from './plain-ascii.ts'

/** Digits and capitals without I, L, O and U, which are taken for others (Crockford's alphabet). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX = 'DP'
const CHARACTERS = 12
const BITS = 5
/** Enough for 60 bits of chance: of a hundred million keys, two alike are not to be expected. */
export const KEY_BYTES = 8
const SHAPE = new RegExp(`${PREFIX}([${ALPHABET}]{${CHARACTERS + 1}})`, 'y')

/** Times the root in the field of 32 elements (x⁵ + x² + 1). */
const timesRoot = (value: number): number =>
  (value & 16) === 0 ? value << 1 : ((value << 1) ^ 0b100101) & 31

/**
 * A weighted sum in the field of 32 elements, each place with another weight: one character that is wrong, or two that
 * have changed places, are always noticed; any other damage passes one time in 32, and then meets no payment.
 */
function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => timesRoot(sum ^ value), 0)
}

/**
 * A key of these bytes of chance.
 *
 * @param random `KEY_BYTES` from a source that nobody can foresee
 */
export function makePaymentKey(random: Uint8Array): string {
  if (random.length !== KEY_BYTES) throw new RangeError(`a payment key takes ${KEY_BYTES} bytes`)
  let rest = random.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
  const values: number[] = []
  while (values.length < CHARACTERS) {
    values.push(Number(rest & 31n))
    rest >>= BigInt(BITS)
  }
  return PREFIX + [...values, checkOf(values)].map((value) => ALPHABET[value]).join('')
}

function isWhole(body: string): boolean {
  const values = [...body].map((character) => ALPHABET.indexOf(character))
  return checkOf(values.slice(0, -1)) === values.at(-1)
}

/**
 * The keys in what a bank reports of a transfer. Banks write before and after it, cut it in pieces, change capitals:
 * everything but letters and digits is left out first. A key that was damaged is not found.
 */
export function findPaymentKeys(content: string): readonly string[] {
  const text = withoutAccents(content)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  const found = new Set<string>()
  for (let at = text.indexOf(PREFIX); at !== -1; at = text.indexOf(PREFIX, at + 1)) {
    SHAPE.lastIndex = at
    const [key, body] = SHAPE.exec(text) ?? []
    if (key !== undefined && body !== undefined && isWhole(body)) found.add(key)
  }
  return [...found]
}

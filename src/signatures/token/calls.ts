/** The few calls of PKCS#11 (OASIS PKCS #11 2.40) that signing needs, as p11-kit carries them. */

import { counted, TokenError, uint32, uint64, type ModuleCall, type ModuleProcess } from './module-process.ts'

const CALL = {
  initialize: { number: 1, asks: 'ayyay', answers: '' },
  slots: { number: 4, asks: 'yfu', answers: 'au' },
  tokenInfo: { number: 6, asks: 'u', answers: 'ssssuuuuuuuuuuuvvs' },
  openSession: { number: 10, asks: 'uu', answers: 'u' },
  sessionInfo: { number: 13, asks: 'u', answers: 'uuuu' },
  login: { number: 18, asks: 'uuay', answers: '' },
  attributes: { number: 24, asks: 'uufA', answers: 'aAu' },
  findInit: { number: 26, asks: 'uaA', answers: '' },
  find: { number: 27, asks: 'ufu', answers: 'au' },
  findFinal: { number: 28, asks: 'u', answers: '' },
  signInit: { number: 42, asks: 'uMu', answers: '' },
  sign: { number: 43, asks: 'uayfy', answers: 'ay' },
} as const satisfies Record<string, ModuleCall>

const HANDSHAKE = Buffer.from('PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1')

/** Codes of PKCS#11 this system can say something about. */
export const CKR = {
  userAlreadyLoggedIn: 0x100,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLocked: 0xa4,
  pinExpired: 0xa3,
} as const

/** The token's flags about its PIN: wrong since the last good one; one try is left; locked. */
export const TOKEN_FLAG = { pinCountLow: 0x10000, pinFinalTry: 0x20000, pinLocked: 0x40000 } as const

export const MECHANISM = { rsa: 0x1, ecdsa: 0x1041 } as const

const ATTRIBUTE = {
  class: 0x0,
  label: 0x3,
  value: 0x11,
  certificateType: 0x80,
  id: 0x102,
  alwaysAuthenticate: 0x202,
} as const

export const CLASS = { certificate: 1, privateKey: 3 } as const

const SERIAL_SESSION = 0x4
const MOST_OBJECTS = 256
const LARGEST_VALUE = 16_384
const LARGEST_SIGNATURE = 1024

export const USER = { normal: 1, again: 2 } as const

/** What can be asked of a module that runs. Handles are the module's own numbers. */
export interface Module {
  /** the slots that hold a token, by its label and serial number */
  tokens(): Promise<{ slot: bigint; label: string; serial: string; flags: number }[]>
  openSession(slot: bigint): Promise<bigint>
  /** @throws TokenError when the session is gone: the token was taken out, or another program reset it */
  sessionStands(session: bigint): Promise<void>
  login(session: bigint, user: number, pin: string): Promise<void>
  find(session: bigint, what: { class: number; label?: string; id?: Uint8Array }): Promise<bigint[]>
  describe(
    session: bigint,
    object: bigint,
  ): Promise<{ label: string; id: Uint8Array; value: Uint8Array | undefined }>
  /** whether the key wants the PIN before each signature */
  wantsPinEachTime(session: bigint, object: bigint): Promise<boolean>
  sign(
    session: bigint,
    key: bigint,
    mechanism: number,
    data: Uint8Array,
    before?: () => Promise<void>,
  ): Promise<Uint8Array>
}

export async function initialize(running: ModuleProcess): Promise<Module> {
  const ask = (call: ModuleCall, ...values: Uint8Array[]) => running.call(call, Buffer.concat(values))
  await ask(CALL.initialize, array(HANDSHAKE), Uint8Array.of(0), array(Buffer.alloc(0)))

  async function attributesOf(session: bigint, object: bigint, types: readonly number[]) {
    const wanted = types.map((type) => Buffer.concat([uint32(type), uint32(LARGEST_VALUE)]))
    const answer = await ask(
      CALL.attributes,
      uint64(session),
      uint64(object),
      uint32(types.length),
      ...wanted,
    )
    return readAttributes(answer)
  }

  return {
    async tokens() {
      const slots = readNumbers(await ask(CALL.slots, Uint8Array.of(1), uint32(MOST_OBJECTS)))
      return Promise.all(slots.map(async (slot) => tokenOf(slot, await ask(CALL.tokenInfo, uint64(slot)))))
    },
    openSession: async (slot) =>
      (await ask(CALL.openSession, uint64(slot), uint64(SERIAL_SESSION))).readBigUInt64BE(0),
    sessionStands: async (session) => void (await ask(CALL.sessionInfo, uint64(session))),
    login: async (session, user, pin) =>
      void (await ask(CALL.login, uint64(session), uint64(user), array(Buffer.from(pin)))),
    async find(session, what) {
      const wanted = [
        attribute(ATTRIBUTE.class, uint64(what.class), 8),
        ...(what.label === undefined ? [] : [bytesAttribute(ATTRIBUTE.label, Buffer.from(what.label))]),
        ...(what.id === undefined ? [] : [bytesAttribute(ATTRIBUTE.id, what.id)]),
      ]
      await ask(CALL.findInit, uint64(session), uint32(wanted.length), ...wanted)
      const found = await ask(CALL.find, uint64(session), uint32(MOST_OBJECTS))
      await ask(CALL.findFinal, uint64(session))
      return readNumbers(found)
    },
    async describe(session, object) {
      const said = await attributesOf(session, object, [ATTRIBUTE.label, ATTRIBUTE.id, ATTRIBUTE.value])
      return {
        label: Buffer.from(said.get(ATTRIBUTE.label) ?? []).toString('utf8'),
        id: said.get(ATTRIBUTE.id) ?? new Uint8Array(),
        value: said.get(ATTRIBUTE.value),
      }
    },
    async wantsPinEachTime(session, object) {
      const said = await attributesOf(session, object, [ATTRIBUTE.alwaysAuthenticate])
      return said.get(ATTRIBUTE.alwaysAuthenticate)?.[0] === 1
    },
    async sign(session, key, mechanism, data, before) {
      const noParameters = uint32(0xffffffff)
      await ask(CALL.signInit, uint64(session), uint32(mechanism), noParameters, uint64(key))
      await before?.()
      const answer = await ask(CALL.sign, uint64(session), array(data), uint32(LARGEST_SIGNATURE))
      return Uint8Array.from(answer.subarray(5, 5 + answer.readUInt32BE(1)))
    },
  }
}

/** Bytes that are there: a one before them, then their length. */
function array(bytes: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(1), counted(bytes)])
}

function attribute(type: number, value: Uint8Array, length: number): Buffer {
  return Buffer.concat([uint32(type), Uint8Array.of(1), uint32(length), value])
}

function bytesAttribute(type: number, value: Uint8Array): Buffer {
  return attribute(type, counted(value), value.length)
}

function readNumbers(answer: Buffer): bigint[] {
  const count = answer.readUInt32BE(1)
  if (answer[0] !== 1 || answer.length !== 5 + count * 8) throw new TokenError('failed')
  return Array.from({ length: count }, (_, index) => answer.readBigUInt64BE(5 + index * 8))
}

/** Four texts padded with blanks, each behind its length, then numbers of which the first are the flags. */
function tokenOf(slot: bigint, answer: Buffer) {
  const texts: string[] = []
  let at = 0
  for (let index = 0; index < 4; index += 1) {
    const length = answer.readUInt32BE(at)
    texts.push(answer.toString('utf8', at + 4, at + 4 + length).trimEnd())
    at += 4 + length
  }
  const [label = '', , , serial = ''] = texts
  return { slot, label, serial, flags: Number(answer.readBigUInt64BE(at)) }
}

const NOT_THERE = 0xffffffff

/** Attributes in the order they were asked for; one the object does not have, or does not show, is left out. */
function readAttributes(answer: Buffer): Map<number, Uint8Array> {
  const read = new Map<number, Uint8Array>()
  const count = answer.readUInt32BE(0)
  let at = 4
  for (let index = 0; index < count; index += 1) {
    const type = answer.readUInt32BE(at)
    const valid = answer[at + 4] === 1
    at += 5
    if (!valid) continue
    at += 4 // its length in memory
    if (type === ATTRIBUTE.alwaysAuthenticate) {
      read.set(type, answer.subarray(at, at + 1))
      at += 1
      continue
    }
    const length = answer.readUInt32BE(at)
    at += 4
    if (length === NOT_THERE) continue
    read.set(type, Uint8Array.from(answer.subarray(at, at + length)))
    at += length
  }
  return read
}

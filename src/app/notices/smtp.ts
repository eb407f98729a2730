/** A mailer that speaks SMTP (RFC 5321) to one server: TLS from the first byte or by STARTTLS, signing in with AUTH PLAIN. */
import { createConnection, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'
import type { MailSettings } from '../config.ts'
import type { Mail, Mailer } from './mail.ts'

const TIMEOUT_MS = 20_000
const LONGEST_REPLY = 64 * 1024
const LOCAL = ['localhost', '127.0.0.1', '::1', '[::1]']

/**
 * Mails go out one connection each: they are few. Over the network nothing is sent unless the connection is encrypted
 * and the server's certificate is good; a server on this machine may be plain.
 */
export function smtpMailer(settings: MailSettings): Mailer {
  return {
    send: (mail) =>
      withServer(settings, async (talk) => {
        await talk.say(`RCPT TO:<${mail.to}>`, 250, 251)
        await talk.say('DATA', 354)
        await talk.say(`${messageOf(settings.from, mail)}\r\n.`, 250)
      }),
  }
}

/** Goes as far as the sender's address and sends nothing. @throws Error as a mail would */
export async function probeMailServer(settings: MailSettings): Promise<void> {
  await withServer(settings, async (talk) => void (await talk.say('RSET', 250)))
}

/** Connects, encrypts, signs in, names the sender, lets `use` do the rest, and says goodbye. */
async function withServer(
  settings: MailSettings,
  use: (talk: ReturnType<typeof conversation>) => Promise<void>,
): Promise<void> {
  const url = new URL(settings.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const encrypted = url.protocol === 'smtps:'
  const port = Number(url.port) || (encrypted ? 465 : 587)
  const plain = encrypted ? connectTls({ host, port, servername: host }) : createConnection({ host, port })
  let talk = conversation(plain)
  try {
    await talk.expect(220)
    let abilities = await talk.say(`EHLO ${hostname()}`, 250)
    if (!encrypted && abilities.includes('STARTTLS')) {
      await talk.say('STARTTLS', 220)
      talk = conversation(connectTls({ socket: talk.release(), servername: host }))
      abilities = await talk.say(`EHLO ${hostname()}`, 250)
    } else if (!encrypted && !LOCAL.includes(host)) {
      throw new Error('the mail server offers no encryption')
    }
    const sign = credentialsIn(url)
    if (sign !== undefined) await talk.say(`AUTH PLAIN ${sign}`, 235)
    await talk.say(`MAIL FROM:<${settings.from}>`, 250)
    await use(talk)
    await talk.say('QUIT', 221).catch(() => undefined) // it is sent; how the server says goodbye is its affair
  } finally {
    talk.end()
  }
}

function credentialsIn({ username, password }: URL): string | undefined {
  if (!username) return undefined
  return Buffer.from(`\0${decodeURIComponent(username)}\0${decodeURIComponent(password)}`).toString('base64')
}

/** The message as it travels: UTF-8 in base64, so that no line can be taken for the end of the message. */
function messageOf(from: string, mail: Mail): string {
  const encoded = Buffer.from(mail.text, 'utf8').toString('base64')
  return [
    `From: <${from}>`,
    `To: <${mail.to}>`,
    `Subject: =?utf-8?B?${Buffer.from(mail.subject, 'utf8').toString('base64')}?=`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    encoded.replace(/(.{76})/g, '$1\r\n'),
  ].join('\r\n')
}

/** One side of the conversation: says a line, waits for the whole reply, and takes only the codes that were hoped for. */
function conversation(socket: Socket) {
  let heard = ''
  let failure: Error | undefined
  let wake = (): void => undefined
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  const listen = (chunk: Buffer): void => {
    heard += chunk.toString('latin1')
    if (heard.length > LONGEST_REPLY) fail(new Error('the mail server talks too much'))
    wake()
  }
  const close = () => fail(new Error('the mail server closed the connection'))
  const timeOut = () => socket.destroy(new Error('the mail server does not answer'))
  socket.setTimeout(TIMEOUT_MS).on('data', listen).on('error', fail).on('close', close).on('timeout', timeOut)

  async function reply(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(heard)
      if (whole) {
        heard = heard.slice(whole[0].length)
        return whole[0]
      }
      if (failure) throw failure
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  async function expect(...codes: readonly number[]): Promise<string> {
    const said = await reply()
    const code = /^(\d{3})(?: |\r|\n)/m.exec(said)?.[1]
    if (!codes.includes(Number(code))) throw Object.assign(new Error('the mail server refused'), { code })
    return said
  }

  return {
    expect,
    say(line: string, ...codes: readonly number[]): Promise<string> {
      socket.write(`${line}\r\n`)
      return expect(...codes)
    },
    /** Gives the socket to TLS. What came unencrypted and unasked for is not believed. */
    release(): Socket {
      if (heard !== '') throw new Error('the mail server spoke before encryption')
      socket.off('data', listen).off('error', fail).off('close', close).off('timeout', timeOut).setTimeout(0)
      return socket
    },
    end: () => socket.destroy(),
  }
}

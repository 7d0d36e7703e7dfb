import type { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** As nodemailer tells it. Its message may quote an address: only the codes are used. */
export interface SmtpFailure extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
}

/** A connection to the mail server that has greeted and signed in, for one message after another. */
export interface Line {
  /** The server's answer to the message. */
  send(envelope: { from: string; to: string[] }, message: Readable): Promise<string>
  usable(): boolean
  close(): void
}

export interface SmtpLines {
  take(): Promise<Line>
  giveBack(line: Line): void
  close(): void
}

const CONNECT_MILLIS = 20_000
/** Shorter than a lease: an answer that comes later counts as lost. */
const ANSWER_MILLIS = 60_000
const IDLE_MILLIS = 20_000
const MESSAGES_EACH = 100

/** Connections are made before an intent is committed, and kept for the next message. */
export function createSmtpLines(url: string, most: number): SmtpLines {
  const options = optionsOf(url)
  const idle = new Map<Line, NodeJS.Timeout>()
  const sent = new WeakMap<Line, number>()
  let closed = false

  const drop = (line: Line) => {
    clearTimeout(idle.get(line))
    idle.delete(line)
    line.close()
  }
  return {
    async take() {
      for (const line of [...idle.keys()]) {
        clearTimeout(idle.get(line))
        idle.delete(line)
        if (line.usable()) return line
        line.close()
      }
      return open(options)
    },
    giveBack(line) {
      const count = (sent.get(line) ?? 0) + 1
      sent.set(line, count)
      if (closed || !line.usable() || count >= MESSAGES_EACH || idle.size >= most) return line.close()
      idle.set(
        line,
        setTimeout(() => drop(line), IDLE_MILLIS),
      )
    },
    close() {
      closed = true
      for (const line of [...idle.keys()]) drop(line)
    },
  }
}

interface LineOptions {
  readonly connection: ConstructorParameters<typeof SMTPConnection>[0]
  readonly auth: { user: string; pass: string } | null
}

function optionsOf(text: string): LineOptions {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  return {
    connection: {
      host: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      secure,
      connectionTimeout: CONNECT_MILLIS,
      greetingTimeout: CONNECT_MILLIS,
      socketTimeout: ANSWER_MILLIS,
    },
    auth: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : null,
  }
}

async function open({ connection: options, auth }: LineOptions): Promise<Line> {
  const connection = new SMTPConnection(options)
  let broken: Error | null = null
  let failing: (error: Error) => void = () => {}
  const fail = (error: Error) => {
    broken ??= error
    failing(error)
  }
  connection.on('error', fail)
  connection.on('end', () => fail(Object.assign(new Error('ended'), { code: 'ECONNECTION' })))
  const step = <T>(begin: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      failing = reject
      begin((error, value) => (error ? reject(error) : resolve(value as T)))
    })
  try {
    await step((done) => connection.connect(done))
    if (auth) await step((done) => connection.login({ credentials: auth } as never, done))
  } catch (error) {
    connection.close()
    throw error
  }
  let dirty = false
  return {
    async send(envelope, message) {
      if (dirty) await step((done) => connection.reset(done))
      dirty = true
      const info = await step<{ response: string }>((done) => connection.send(envelope, message, done as never))
      dirty = false
      return info.response
    },
    usable: () => broken === null,
    close: () => (broken ? connection.close() : connection.quit()),
  }
}

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { TestContext } from 'node:test'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly to: string
  readonly id: string
  readonly text: string
}

export interface MailServer {
  readonly url: string
  /** What was taken, in order: the server's own log. */
  readonly received: Received[]
  /** Called with the address of each message before it is taken: an error's `responseCode` is the answer. */
  refuse: (to: string) => Error | null
  /** Called with each message once it is taken, before the answer: true swallows the answer and cuts the line. */
  swallow: (received: Received) => boolean
  /** Milliseconds before each answer. */
  pause: number
  /** Messages under way at once, at most so far. */
  readonly most: () => number
  close(): Promise<void>
}

/** A real mail server on loopback that keeps what it takes. */
export async function startMailServer(t: TestContext): Promise<MailServer> {
  let [under, most] = [0, 0]
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    // Lines that are kept open for the next message would hold up the end of a test.
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      done(server.refuse(address))
    },
    onData(stream, session, done) {
      under += 1
      most = Math.max(most, under)
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]!.address
        const id = /^Message-ID: (<[^>]+>)/im.exec(text)?.[1] ?? ''
        const one = { to, id, text }
        server.received.push(one)
        setTimeout(() => {
          under -= 1
          if (server.swallow(one)) for (const line of [...(smtp as unknown as Lines).connections]) line.close()
          else done()
        }, server.pause)
      })
    },
  })
  smtp.on('error', () => {})
  const port = await freePort()
  smtp.listen(port, '127.0.0.1')
  await once((smtp as unknown as { server: NodeJS.EventEmitter }).server, 'listening')
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received: [],
    refuse: () => null,
    swallow: () => false,
    pause: 0,
    most: () => most,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  }
  t.after(() => server.close())
  return server
}

interface Lines {
  readonly connections: Set<{ close(): void }>
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

export function refusal(responseCode: number, words = 'invented refusal'): Error {
  return Object.assign(new Error(words), { responseCode })
}

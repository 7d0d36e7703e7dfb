import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import { isEmailAddress } from '../core/addresses.ts'
import type { Answer } from '../core/life.ts'
import type { Carrier, Outgoing } from './channel.ts'
import { createSmtpLines, type Line, type SmtpFailure } from './smtp-lines.ts'

export interface SmtpOptions {
  readonly url: string
  /** `Example Council <updates@example.gov.uk>` */
  readonly from: string
  readonly perSecond: number
  readonly lines: number
}

/** E-mail to the organisation's own mail server or relay. */
export function smtpCarrier({ url, from, perSecond, lines: most }: SmtpOptions): Carrier {
  const lines = createSmtpLines(url, most)
  const sender = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  return {
    channel: 'email',
    provider: 'smtp',
    rate: { perSecond, burst: Math.max(1, perSecond) },
    // A mail server tells nobody what it has taken: a person can look for the Message-ID in its log.
    whenLost: 'leave',
    async prepare(outgoing) {
      if (!isEmailAddress(outgoing.address))
        return { kind: 'refused', failure: 'permanent', answer: 'address-malformed' }
      const message = await compose(outgoing, from, domain)
      const line = await lines.take().catch((error: SmtpFailure) => closed(error))
      if ('kind' in line) return line
      return {
        drop: () => lines.giveBack(line),
        async handOver() {
          const answer = await send(line, sender, outgoing.address, message)
          lines.giveBack(line)
          return answer
        },
      }
    },
    close: () => lines.close(),
  }
}

/** The same at every attempt, so that whoever looks finds one message. */
function messageId(reference: string, domain: string): string {
  return `<${reference}@${domain}>`
}

function compose({ address, words, reference }: Outgoing, from: string, domain: string): Promise<Buffer> {
  const { subject, text, html, link, unsubscribe } = words
  const composed = new MailComposer({
    from,
    // As an object: a name or a second address cannot hide in it.
    to: { name: '', address },
    subject,
    text: link === undefined ? text : `${text}\n\n${link}\n`,
    ...(html === undefined ? {} : { html }),
    messageId: messageId(reference, domain),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribe === undefined
        ? {}
        : {
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composed.compile().build()
}

async function send(line: Line, from: string, to: string, message: Buffer): Promise<Answer> {
  let begun = false
  // Read only once the server has taken the envelope and asks for the words.
  const body = Readable.from(
    (function* () {
      begun = true
      yield message
    })(),
  )
  try {
    const response = await line.send({ from, to: [to] }, body)
    return { kind: 'accepted', answer: response.slice(0, 3) }
  } catch (error) {
    const { responseCode, code = 'ESOCKET' } = error as SmtpFailure
    // 421 may come at any time and be about nothing that was sent: with the words under way it says too little.
    if (responseCode === 421)
      return begun ? { kind: 'lost', answer: 'smtp-421' } : { kind: 'closed', answer: 'smtp-421', pause: 30_000 }
    if (responseCode) {
      const answer = `smtp-${responseCode}`
      if (responseCode < 500) return { kind: 'temporary', answer }
      return { kind: 'refused', failure: isAboutAddress(error as SmtpFailure) ? 'permanent' : 'temporary', answer }
    }
    if (begun) return { kind: 'lost', answer: `smtp-${code}` }
    return { kind: 'temporary', answer: `smtp-${code}` }
  }
}

/** 5.7.x is about policy, such as a blocked sender: the address may be good. */
function isAboutAddress({ response = '', command = '' }: SmtpFailure): boolean {
  if (/^\d{3}[ -]5\.7\./.test(response)) return false
  return command === 'RCPT TO' || /^\d{3}[ -]5\.[12]\./.test(response)
}

function closed({ code = 'ECONNECTION', responseCode }: SmtpFailure): Answer {
  return { kind: 'closed', answer: `smtp-${responseCode ?? code}`, pause: code === 'EAUTH' ? 300_000 : 15_000 }
}

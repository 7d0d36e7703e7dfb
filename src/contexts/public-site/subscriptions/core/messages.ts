import type { Content } from '#contexts/delivery'
import type { LanguageCode } from '#platform/words'
import { type Words, wordsIn, wordsOf } from '../../core/catalogue/index.ts'
import type { OrganisationFacts, ServiceFacts, StatementFacts } from '../../core/facts.ts'
import { story } from '../../core/words.ts'
import type { UpdatesChannel } from './address.ts'
import type { Change } from './digest.ts'

/** Longer lists are cut short in text messages, which are paid for by length. */
const NAMED_IN_A_TEXT = 3
const HEADLINE_IN_A_TEXT = 120

/** The parts of addresses that are each recipient's own: names of the fields that the outbox fills in. */
const STOP = '/subscriptions/{{manage}}/stop'
const MANAGE = '/subscriptions/{{manage}}'

export interface Sender {
  readonly slug: string
  readonly name: string
  /** The address of this installation, without a slash at its end. */
  readonly url: string
  readonly language: LanguageCode
}

/** Asks whoever reads what is sent there whether it was them. Fields: `confirm`, `manage`. */
export function confirmContent(channel: UpdatesChannel, { name, url, language }: Sender): Content {
  const { say } = wordsIn(language)
  const organisation = plain(name)
  const link = `${url}/subscriptions/confirm/{{confirm}}`
  const subject = say('message.confirm.subject', { organisation })
  const text = say(channel === 'sms' ? 'message.confirm.sms' : 'message.confirm.text', { organisation, link })
  return { subject, text, ...(channel === 'email' ? oneClick(url) : {}) }
}

/** A published statement. Fields: `manage`, and `also`: what else the recipient has not been told (see `also`). */
export function statementContent(channel: UpdatesChannel, sender: Sender, statement: StatementFacts): Content | null {
  const { wording, whatChanged, nextUpdateAt } = statement
  if (!wording) return null
  const { say, time } = wordsIn(sender.language)
  const organisation = plain(sender.name)
  const headline = plain(wording.headline)
  const page = `${sender.url}/${sender.slug}/statements/${statement.statement}`
  const changed = whatChanged && say('message.statement.changed', { what: plain(whatChanged) })
  const next = nextUpdateAt && say('message.statement.next', { time: time(Date.parse(nextUpdateAt)) })
  const subject = say('message.statement.subject', { headline, organisation })
  if (channel === 'sms') {
    const words = say('message.statement.sms', { organisation, headline: cut(headline) })
    return { subject, text: `${words} {{also}}${smsFooter(sender, page)}` }
  }
  if (channel === 'web-push')
    return { subject, text: [changed, next, '{{also}}'].filter(Boolean).join('\n'), link: page }
  const parts = [headline, changed, plain(wording.known), next, say('message.statement.read', { page })]
  return mail(sender, subject, `${parts.filter(Boolean).join('\n\n')}\n\n{{also}}`)
}

/** Changes without a statement. Fields: `manage`, and `changes` (see `changesText`). */
export function changesContent(channel: UpdatesChannel, sender: Sender): Content {
  const { say } = wordsIn(sender.language)
  const organisation = plain(sender.name)
  const page = `${sender.url}/${sender.slug}`
  const subject = say('message.changes.subject', { organisation })
  if (channel === 'sms')
    return {
      subject,
      text: `${say('message.changes.sms', { organisation, changes: '{{changes}}' })} ${smsFooter(sender, page)}`,
    }
  if (channel === 'web-push') return { subject, text: '{{changes}}', link: page }
  return mail(sender, subject, `{{changes}}\n\n${say('message.statement.read', { page })}\n\n`)
}

/** How things stand, for the field `changes`; services that are gone are left out. */
export function changesText(channel: UpdatesChannel, facts: OrganisationFacts, changes: readonly Change[], at: number) {
  const words = wordsOf(facts)
  const services = named(facts, changes)
  if (channel !== 'email') return short(services, words)
  const lead = words.say('message.changes.lead', { time: words.time(at) })
  return `${lead}\n\n${services.map((one) => line(one, words)).join('\n')}`
}

/** The same beside a statement, for the field `also`; empty where there is nothing else. */
export function alsoText(channel: UpdatesChannel, facts: OrganisationFacts, changes: readonly Change[], at: number) {
  const services = named(facts, changes)
  if (services.length === 0) return ''
  const words = wordsOf(facts)
  if (channel !== 'email') return `${short(services, words)}. `
  const lead = words.say('message.statement.also', { time: words.time(at) })
  return `${lead}\n\n${services.map((one) => line(one, words)).join('\n')}\n\n`
}

/** Changes of services that are still there, each at its level of now. */
function named(facts: OrganisationFacts, changes: readonly Change[]): ServiceFacts[] {
  const changed = new Map(changes.map(({ service, level }) => [service, level]))
  return facts.services.filter(({ slug, level }) => changed.get(slug) === level)
}

function line(service: ServiceFacts, words: Words): string {
  const state = story([service], words) ?? words.say('message.changes.usual')
  return `- ${words.say('message.changes.line', { service: service.name, state })}`
}

function short(services: readonly ServiceFacts[], { say, list }: Words): string {
  const words = services
    .slice(0, NAMED_IN_A_TEXT)
    .map(({ name, level }) => say(`message.changes.short.${level}`, { service: name }))
  const count = services.length - words.length
  return list(count > 0 ? [...words, say('message.changes.more', { count })] : words)
}

function mail({ name, url, language }: Sender, subject: string, text: string): Content {
  const { say } = wordsIn(language)
  const footer = say('message.footer', { organisation: plain(name), manage: url + MANAGE, stop: url + STOP })
  return { subject, text: `${text}--\n${footer}\n`, ...oneClick(url) }
}

function smsFooter({ url, language }: Sender, page: string): string {
  return wordsIn(language).say('message.smsFooter', { page, stop: url + STOP })
}

/** RFC 8058 asks for https. */
function oneClick(url: string): { unsubscribe?: string } {
  return url.startsWith('https:') ? { unsubscribe: url + STOP } : {}
}

/** What people typed must not be taken for a recipient's field. */
function plain(text: string): string {
  return text.replaceAll('{{', '{ {').trim()
}

function cut(text: string): string {
  return text.length <= HEADLINE_IN_A_TEXT ? text : `${text.slice(0, HEADLINE_IN_A_TEXT - 1).trimEnd()}…`
}

import { parseInstant } from '#kernel'
import { type Words, wordsOf } from '../../core/catalogue/index.ts'
import type { Issue, OrganisationFacts, StatementFacts } from '../../core/facts.ts'
import { marked } from '../../core/words.ts'
import { statementUrl } from '../names.ts'
import { bareHeadlineOf, changedIn, framed, textOf } from '../said.ts'
import { element, type Xml, xmlDocument } from '../xml.ts'
import { type AlertMessage, stops } from './messages.ts'
import { capLine, capText, capTime } from './text.ts'

export const CAP = 'application/cap+xml; charset=utf-8'

const A_DAY = 86_400_000
const OVER = { withdrawn: 'alert.withdrawn', 'stood-down': 'incident.over' } as const

/** A CAP 1.2 message. The order of elements is the standard's. */
export function capAlert(facts: OrganisationFacts, message: AlertMessage, issue: Issue): string {
  const { exercise } = facts
  const sender = senderOf(facts, issue)
  return xmlDocument(
    element(
      'alert',
      { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
      element('identifier', {}, message.identifier),
      element('sender', {}, sender),
      element('sent', {}, capTime(message.sent)),
      element('status', {}, exercise ? 'Exercise' : 'Actual'),
      element('msgType', {}, message.type),
      element('scope', {}, 'Public'),
      noteOf(exercise, message, wordsOf(facts)),
      message.references.length === 0
        ? null
        : element(
            'references',
            {},
            message.references.map(({ identifier, sent }) => `${sender},${identifier},${capTime(sent)}`).join(' '),
          ),
      element('incidents', {}, message.incident),
      info(facts, message, issue),
    ),
  )
}

/** Unique by its domain, and without the characters that references are parted by. */
function senderOf({ slug }: OrganisationFacts, issue: Issue): string {
  return `${new URL(issue.url).host}/${slug}`
}

function noteOf(exercise: boolean, { over }: AlertMessage, { say }: Words): Xml | null {
  const note = [exercise && say('said.practice'), over && say(OVER[over])]
  const words = note.filter(Boolean).join(' ')
  return words ? element('note', {}, words) : null
}

function info(facts: OrganisationFacts, { type, version, over, sent }: AlertMessage, issue: Issue): Xml {
  const { exercise, name, slug } = facts
  const words = wordsOf(facts)
  const { say } = words
  const { wording } = version
  const told = [...changedIn(version, words), ...framed(wording, words, ['known', 'notKnown', 'doing'])]
  const description = capText(textOf(told))
  const instruction = wording && capText(textOf(framed(wording, words, ['advice', 'next'])))
  const bare = bareHeadlineOf(version, exercise, words)
  const headline = over ? say('said.overTitle', { headline: bare }) : bare
  return element(
    'info',
    {},
    element('language', {}, words.code),
    element('category', {}, 'Infra'),
    element('event', {}, capText(marked(exercise, say('alert.event'), words))),
    element('responseType', {}, type === 'Cancel' ? 'AllClear' : 'Monitor'),
    ...gravity(type, version).map(([what, word]) => element(what, {}, word)),
    element('effective', {}, capTime(sent)),
    element('expires', {}, capTime(expiryOf(version, sent))),
    element('senderName', {}, capLine(name, 200)),
    element('headline', {}, capLine(marked(exercise, headline, words), 160)),
    element('description', {}, over ? say(OVER[over]) : description || say('alert.event')),
    over || !instruction ? null : element('instruction', {}, instruction),
    element('web', {}, statementUrl(issue, slug, version.statement)),
    element(
      'area',
      {},
      element('areaDesc', {}, capLine(name, 200)),
      ...(facts.gss ? [element('geocode', {}, element('valueName', {}, 'GSS'), element('value', {}, facts.gss))] : []),
    ),
  )
}

/**
 * Sirens and phone broadcasts go off at Severe or Extreme with Immediate or Expected. A council's computers being off is
 * neither: nobody's life is in danger by it, and nothing must be done within the hour. So, whatever anybody writes, severity
 * is never above Moderate and urgency never above Future. That services have stopped is Observed: anything less would not be true.
 */
function gravity(type: AlertMessage['type'], version: StatementFacts): (readonly [string, string])[] {
  const lasts = type !== 'Cancel' && version.services.some(({ level }) => level !== 'normal')
  return [
    ['urgency', lasts ? 'Future' : 'Past'],
    ['severity', lasts && stops(version) ? 'Moderate' : 'Minor'],
    ['certainty', 'Observed'],
  ]
}

/** A day after it should have been followed by the next: an alert must not end while nobody knows better. */
function expiryOf({ nextUpdateAt }: StatementFacts, sent: number): number {
  return Math.max(sent, nextUpdateAt === null ? 0 : parseInstant(nextUpdateAt)!) + A_DAY
}

import type { Actor, Decision, Millis, Refusal } from '#kernel'
import { statementOf, unspoken } from './decide-drafts.ts'
import type { Audience, StatementsEvent } from './events.ts'
import { type Broken, brokenOf, type Said } from './fact-keys.ts'
import { refuse } from './refusals.ts'
import { sayBroken } from './say-broken.ts'
import type { Draft, Statements } from './statement-state.ts'

export interface Publish {
  readonly statement: number
  readonly audiences?: readonly Audience[]
  /** The digest of the facts that the publisher has compared the draft with. */
  readonly seen?: string
  /** Why it is published without a second person. */
  readonly reason?: string
}

/** Today's facts as they concern this statement, and their digest. */
export interface Today {
  readonly facts: ReadonlyMap<string, Said>
  readonly digest: string
  readonly at: Millis
  readonly nameOf: (id: string) => string
}

/** All of the audiences asked for, or none. */
export function publish(state: Statements, input: Publish, today: Today, actor: Actor): Decision<StatementsEvent> {
  const { statement, seen, reason } = input
  const known = statementOf(state, statement)
  if ('refused' in known) return known
  const waiting = [...known.voices].filter(([, voice]) => voice.draft).map(([audience]) => audience)
  const asked = input.audiences ?? waiting
  if (asked.length === 0)
    return refuse('nothing-drafted', 'All of it has been published or withdrawn. To change it, draft a correction.')
  const events: StatementsEvent[] = []
  for (const audience of new Set(asked)) {
    const voice = known.voices.get(audience)
    if (!voice) return unspoken(statement, audience)
    const { draft } = voice
    if (!draft) {
      if (voice.versions > 0)
        return refuse('published-already', `${audience}: draft a correction to publish a next version.`)
      return refuse('nothing-drafted', `${audience}: this draft was withdrawn.`)
    }
    if (!draft.wording) return refuse('words-erased', `${audience}: reword it, then publish.`)
    const own = [draft.draftedBy, draft.rewordedBy].some((one) => one && samePerson(one, actor))
    if (own && !reason) return secondPerson(audience)
    const broken = brokenOf(draft.facts, today.facts, today.at)
    if (broken.length > 0 && seen !== today.digest) return changed(broken, today)
    events.push({
      type: 'statements.published',
      v: 1,
      data: {
        statement,
        audience,
        version: voice.versions + 1,
        incident: known.incident,
        nextUpdateAt: draft.nextUpdateAt,
        services: told(draft),
        breakGlass: own,
        wording: draft.wording,
        ...(draft.whatChanged ? { whatChanged: draft.whatChanged } : {}),
        ...(reason ? { reason } : {}),
      },
    })
  }
  return events
}

/** Compared as far as records tell people apart: the machine's owner is one, a token is its holder. */
function samePerson(one: Actor, other: Actor): boolean {
  return (
    one.kind === other.kind &&
    ['id', 'name', 'by'].every((field) => one[field as keyof Actor] === other[field as keyof Actor])
  )
}

function secondPerson(audience: Audience): Refusal {
  return refuse(
    'second-person-needed',
    `${audience}: you drafted it or reworded it last. Ask somebody else to publish it, or say why it cannot wait: give a reason.`,
  )
}

const NAMED = 5

function changed(broken: readonly Broken[], today: Today): Refusal {
  const words = broken.map((one) => sayBroken(one, today.nameOf))
  const more = words.length > NAMED ? ` And ${words.length - NAMED} more.` : ''
  return refuse(
    'facts-changed',
    `Since it was drafted: ${words.slice(0, NAMED).join(' ')}${more} Compare the draft with today's facts. Then reword it, or publish it as it is with seen: ${today.digest}`,
  )
}

/** What its readers are told of services that do not run as usual. */
function told({ facts }: Draft) {
  return facts.flatMap(({ fact, level }) =>
    level && level !== 'normal' ? [{ id: fact.slice(fact.indexOf(' ') + 1), level }] : [],
  )
}

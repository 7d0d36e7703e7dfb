import { type Decision, type Instant, instant, type Millis, type Refusal } from '#kernel'
import { draft, type Marking, markHeadline } from './draft.ts'
import { AUDIENCES, type Audience, type StatementsEvent, type Wording } from './events.ts'
import type { Facts } from './facts.ts'
import { refuse } from './refusals.ts'
import type { Statement, Statements, Voice } from './statement-state.ts'
import { over } from './times.ts'

type Decided = Decision<StatementsEvent>

export interface DraftStatement {
  readonly incident: string | null
  readonly audiences?: readonly Audience[]
  readonly nextUpdateAt?: Instant
}

export function draftStatement(state: Statements, input: DraftStatement, facts: Facts): Decided {
  const passed = over(input.nextUpdateAt, facts.at, '/nextUpdateAt')
  if (passed) return passed
  const audiences = AUDIENCES.filter((one) => input.audiences?.includes(one) ?? true)
  const made = draft(facts, audiences)
  return [
    {
      type: 'statements.drafted',
      v: 1,
      data: {
        statement: state.size + 1,
        incident: input.incident,
        ...(audiences.length < AUDIENCES.length ? { audiences } : {}),
        facts: made.facts,
        nextUpdateAt: promiseOf(facts),
        wordings: made.wordings,
      },
    },
  ]
}

export interface Reword {
  readonly statement: number
  readonly audience: Audience
  readonly wording: Wording
}

export function reword(state: Statements, { statement, audience, wording }: Reword, marking: Marking): Decided {
  const voice = voiceOf(state, statement, audience)
  if ('refused' in voice) return voice
  if (!voice.draft)
    return refuse('nothing-drafted', 'It waits for nobody any more. To change what is published, draft a correction.')
  const marked = markHeadline(marking, wording)
  if (voice.draft.wording && sameWords(voice.draft.wording, marked)) return []
  return [{ type: 'statements.reworded', v: 1, data: { statement, audience, wording: marked } }]
}

export interface DraftCorrection {
  readonly statement: number
  readonly audience: Audience
  readonly whatChanged: string
  readonly wording?: Wording
  readonly nextUpdateAt?: Instant
}

/** The next version of what has been published, from today's facts; it is published like any draft. */
export function draftCorrection(state: Statements, input: DraftCorrection, facts: Facts): Decided {
  const { statement, audience, whatChanged } = input
  const voice = voiceOf(state, statement, audience)
  if ('refused' in voice) return voice
  if (voice.versions === 0)
    return refuse('nothing-published', 'It has not been published yet. Reword the draft instead.')
  const passed = over(input.nextUpdateAt, facts.at, '/nextUpdateAt')
  if (passed) return passed
  const made = draft(facts, [audience])
  const wording = markHeadline(facts, input.wording ?? made.wordings[audience]!)
  const data = { statement, audience, facts: made.facts, nextUpdateAt: promiseOf(facts), wording, whatChanged }
  return [{ type: 'statements.correction-drafted', v: 1, data }]
}

export function withdraw(
  state: Statements,
  { statement, audiences, reason }: { statement: number; audiences?: readonly Audience[]; reason: string },
): Decided {
  const known = statementOf(state, statement)
  if ('refused' in known) return known
  const asked = audiences ?? [...known.voices.keys()]
  const unknown = asked.find((one) => !known.voices.has(one))
  if (unknown) return unspoken(statement, unknown)
  return asked
    .filter((audience) => {
      const { draft: waiting, versions, withdrawn } = known.voices.get(audience)!
      return waiting !== null || (versions > 0 && !withdrawn)
    })
    .map((audience) => ({ type: 'statements.withdrawn', v: 1, data: { statement, audience, reason } }))
}

export function statementOf(state: Statements, statement: number): Statement | Refusal {
  return (
    state.get(statement) ??
    refuse('unknown-statement', `There are ${state.size}, numbered from 1.`, [
      { pointer: '/statement', detail: 'is not the number of a statement' },
    ])
  )
}

function voiceOf(state: Statements, statement: number, audience: Audience): Voice | Refusal {
  const known = statementOf(state, statement)
  return 'refused' in known ? known : (known.voices.get(audience) ?? unspoken(statement, audience))
}

export function unspoken(statement: number, audience: Audience): Refusal {
  return refuse(
    'nothing-drafted',
    `Statement ${statement} says nothing to ${audience}. Draft a new statement for them.`,
  )
}

function promiseOf({ nextUpdate, at }: { nextUpdate: Facts['nextUpdate']; at: Millis }): Instant | null {
  return nextUpdate && nextUpdate.at > at ? instant(nextUpdate.at) : null
}

function sameWords(one: Wording, other: Wording): boolean {
  return (Object.keys(one) as (keyof Wording)[]).every((part) => one[part] === other[part])
}

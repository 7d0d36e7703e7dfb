import type { Level, NodeId } from '#contexts/estate'
import { type Decision, type Instant, type Millis, parseInstant } from '#kernel'
import type { DeskState } from './desk-state.ts'
import type { Audience, LinePart, StatementsEvent } from './events.ts'
import { refuse } from './refusals.ts'
import { over, utc } from './times.ts'

type Decided = Decision<StatementsEvent>
const MOST = 500

export interface OverrideStatus {
  readonly level: Level
  readonly until?: Instant
  readonly reason: string
  readonly told: string
}

export function overrideStatus(service: NodeId, input: OverrideStatus, now: Millis): Decided {
  const passed = over(input.until, now, '/until')
  if (passed) return passed
  const { level, until, reason, told } = input
  return [
    {
      type: 'statements.status-overridden',
      v: 1,
      data: { service, level, until: until ? utc(until) : null, reason, told },
    },
  ]
}

export function liftOverride(state: DeskState, service: NodeId, reason: string, now: Millis): Decided {
  const known = state.overrides.get(service)
  if (!known || (known.until !== null && parseInstant(known.until)! <= now))
    return refuse('not-overridden', `The status of ${service} follows from the records already.`)
  return [{ type: 'statements.override-lifted', v: 1, data: { service, reason } }]
}

export function setAdvice(service: NodeId, words: { alternative?: string; noNeedToContact?: string }): Decided {
  const { alternative = '', noNeedToContact = '' } = words
  return [{ type: 'statements.advice-set', v: 1, data: { service, alternative, noNeedToContact } }]
}

export interface SetLine {
  readonly line: string
  readonly part: LinePart
  readonly audiences: readonly Audience[]
  readonly text: string
}

export function setLine(state: DeskState, { line, part, audiences, text }: SetLine): Decided {
  if (state.lines.size >= MOST && !state.lines.has(line))
    return refuse('too-many', `There are ${MOST} standing lines. Remove one that is not used.`)
  return [{ type: 'statements.line-set', v: 1, data: { line, part, audiences, text } }]
}

/** Removed twice is removed. */
export function removeLine(state: DeskState, { line }: { line: string }): Decided {
  return state.lines.has(line) ? [{ type: 'statements.line-removed', v: 1, data: { line } }] : []
}

export interface ReceiveEnquiry {
  readonly outlet: string
  readonly contact: string
  readonly question: string
  readonly deadline?: string
}

const MOST_WAITING = 1000

/** From the open internet: whoever floods it meets an end before the journal does. */
export function receiveEnquiry(state: DeskState, input: ReceiveEnquiry, enquiry: string): Decided {
  const waiting = [...state.enquiries.values()].filter((answered) => !answered).length
  if (waiting >= MOST_WAITING)
    return refuse('too-many', 'Too many enquiries are waiting to be answered. Ring the press office instead.')
  const { outlet, contact, question, deadline = '' } = input
  return [{ type: 'statements.enquiry-received', v: 1, data: { enquiry, outlet, contact, question, deadline } }]
}

export function answerEnquiry(state: DeskState, { enquiry, answer }: { enquiry: string; answer: string }): Decided {
  if (!state.enquiries.has(enquiry))
    return refuse('unknown-enquiry', `${enquiry} is not an enquiry of this organisation. Look it up in the list.`)
  return [{ type: 'statements.enquiry-answered', v: 1, data: { enquiry, answer } }]
}

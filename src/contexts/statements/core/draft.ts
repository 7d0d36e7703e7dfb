import { markedAsExercise } from '#contexts/incident'
import type { Audience, FactRef, LinePart, Wording } from './events.ts'
import { AUDIENCES } from './events.ts'
import { everyFact } from './fact-keys.ts'
import type { Facts } from './facts.ts'
import { alternatives, lines, nextUpdate, reachUs } from './say-contact.ts'
import * as state from './say-state.ts'
import { type Drafted, PARTS, type Sentence, sentence, toWording, wordsOf } from './sentence.ts'

/** What is told to one audience only, around what all are told. */
interface Own {
  readonly why: readonly Sentence[]
  readonly lists: readonly Sentence[]
  readonly notKnown?: readonly Sentence[]
  readonly advice: readonly Sentence[]
}

function frame(facts: Facts, audience: Audience, { why, lists, notKnown = [], advice }: Own): Drafted {
  const standing = (part: LinePart) => lines(facts, audience, part)
  const known = audience === 'residents' ? [lists, why, standing('known')] : [why, standing('known'), lists]
  return {
    headline: state.theHeadline(facts),
    known: once(known.flat()),
    notKnown: once([...state.outlooks(facts), ...state.noEstimate(facts), ...notKnown, ...standing('notKnown')]),
    doing: once([...state.theIncident(facts, audience !== 'staff'), ...standing('doing')]),
    advice: once([...advice]),
    next: once(nextUpdate(facts, audience)),
  }
}

/** Nobody is told the same twice. */
function once(sentences: readonly Sentence[]): Sentence[] {
  return [...new Map(sentences.toReversed().map((one) => [one.text, one])).values()].toReversed()
}

const WORDINGS: Record<Audience, (facts: Facts) => Own> = {
  residents: (facts) => ({
    lists: [
      ...state.stoppedServices(facts),
      ...state.limitedServices(facts),
      ...state.usualServices(facts),
      ...state.overridesTold(facts),
    ],
    why: [...state.ownIsolations(facts, 3), ...state.otherReasons(facts)],
    advice: [...reachUs(facts, 'residents'), ...lines(facts, 'residents', 'advice'), ...alternatives(facts)],
  }),
  staff: (facts) => ({
    why: [...state.ownIsolations(facts), ...state.otherReasons(facts)],
    lists: [
      ...state.systems(facts),
      ...state.usualServices(facts),
      ...state.stoppedServices(facts),
      ...state.limitedServices(facts),
      ...state.overrides(facts),
    ],
    notKnown: state.forecasts(facts),
    advice: [...lines(facts, 'staff', 'advice'), ...reachUs(facts, 'staff')],
  }),
  partners: (facts) => ({
    why: [...state.ownIsolations(facts), ...state.otherReasons(facts)],
    lists: [...state.stoppedServices(facts), ...state.limitedServices(facts), ...state.overridesTold(facts)],
    advice: [...lines(facts, 'partners', 'advice'), ...reachUs(facts, 'partners')],
  }),
  members: (facts) => ({
    why: [
      ...state.theTruth(facts),
      ...state.statutory(facts),
      ...state.ownIsolations(facts, 3),
      ...state.otherReasons(facts),
    ],
    lists: [...state.stoppedServices(facts), ...state.usualServices(facts), ...state.overridesTold(facts)],
    notKnown: state.forecasts(facts),
    advice: [...lines(facts, 'members', 'advice'), ...forResidents(facts)],
  }),
  press: (facts) => ({
    why: [...state.theTruth(facts), ...state.ownIsolations(facts), ...state.otherReasons(facts)],
    lists: [
      ...state.stoppedServices(facts),
      ...state.limitedServices(facts),
      ...state.usualServices(facts),
      ...state.overridesTold(facts),
    ],
    advice: [...lines(facts, 'press', 'advice'), ...reachUs(facts, 'press')],
  }),
}

/** What members can tell residents, beside what they are told alike. */
function forResidents(facts: Facts): Sentence[] {
  const known = new Set(lines(facts, 'members', 'advice').map(({ text }) => text))
  return [...reachUs(facts, 'residents'), ...lines(facts, 'residents', 'advice')]
    .filter(({ text }) => !known.has(text))
    .map(({ text, facts: on }) => sentence(wordsOf(facts).say('members.ask', { text }), on))
}

export type Marking = Pick<Facts, 'exercise' | 'language'>

/** For a heading quoted alone: in an exercise it says so, once. */
export function markHeadline({ exercise, language }: Marking, wording: Wording): Wording {
  return { ...wording, headline: markedAsExercise(exercise, wording.headline, language) }
}

export interface Draft {
  readonly drafted: Partial<Record<Audience, Drafted>>
  readonly wordings: Partial<Record<Audience, Wording>>
  /** Every fact that a wording stands on, with whose wordings these are. */
  readonly facts: readonly FactRef[]
}

/** From one set of facts, a wording for each audience: every sentence from a fact, and no fact that no record says. */
export function draft(facts: Facts, audiences: readonly Audience[] = AUDIENCES): Draft {
  const drafted: Partial<Record<Audience, Drafted>> = {}
  const wordings: Partial<Record<Audience, Wording>> = {}
  const standing = new Map<string, Audience[]>()
  for (const audience of audiences) {
    const made = frame(facts, audience, WORDINGS[audience](facts))
    drafted[audience] = made
    wordings[audience] = markHeadline(facts, toWording(made))
    for (const fact of new Set(PARTS.flatMap((part) => made[part].flatMap((one) => one.facts))))
      standing.set(fact, [...(standing.get(fact) ?? []), audience])
  }
  const all = everyFact(facts)
  const refs = [...standing].map(([fact, stand]): FactRef => ({ fact, ...all.get(fact)!, audiences: stand }))
  return { drafted, wordings, facts: refs }
}

import { createHash } from 'node:crypto'
import { nodeName } from '#contexts/estate'
import { incidents } from '#contexts/incident'
import type { Model, Models } from '#journal'
import type { Actor, Instant, Millis } from '#kernel'
import type { Today } from '../core/decide-publish.ts'
import type { Audience, StatementsEvent } from '../core/events.ts'
import { everyFact } from '../core/fact-keys.ts'
import { type Statements, statementsDecider } from '../core/statement-state.ts'
import type { StatementsEntry } from './entry.ts'
import { liveFacts } from './live-facts.ts'

/** One thing that was done to a statement, for its history. Reasons are for staff; null where erased or not given. */
export interface Deed {
  readonly type: StatementsEvent['type']
  readonly statement: number
  /** Null where it concerns all of them. */
  readonly audience: Audience | null
  readonly version: number | null
  readonly breakGlass: boolean
  readonly whatChanged: string | null
  readonly reason: string | null
  readonly actor: Actor
  readonly at: Instant
  readonly entry: number
}

export interface Desk {
  statements: Statements
  readonly deeds: Deed[]
}

const TYPES = [
  'statements.drafted',
  'statements.reworded',
  'statements.correction-drafted',
  'statements.published',
  'statements.withdrawn',
] as const satisfies readonly StatementsEvent['type'][]

type Heard = Extract<StatementsEntry, { readonly type: (typeof TYPES)[number] }>

/** What waits to be published, and who did what to it? */
export const drafts: Model<Desk> = {
  name: 'statements.drafts',
  types: TYPES,
  initial: () => ({ statements: statementsDecider.initial(), deeds: [] }),
  apply(desk, heard) {
    const entry = heard as Heard
    desk.statements = statementsDecider.evolve(desk.statements, entry)
    const data: Partial<Record<keyof Deed, unknown>> = entry.data
    desk.deeds.push({
      type: entry.type,
      statement: entry.data.statement,
      audience: (data.audience as Audience | undefined) ?? null,
      version: (data.version as number | undefined) ?? null,
      breakGlass: data.breakGlass === true,
      whatChanged: (data.whatChanged as string | undefined) ?? null,
      reason: (data.reason as string | undefined) ?? null,
      actor: entry.actor,
      at: entry.occurredAt,
      entry: entry.number,
    })
  },
}

/** The facts of today that a draft about `incident` is compared with. */
export function todayFor(models: Models, organisation: string, at: Millis, incident: string | null): Today {
  const facts = everyFact(liveFacts(models, organisation, at, { incident, promised: null }))
  const lines = [...facts].map(([fact, { digest }]) => `${fact}\n${digest}\n`).sort()
  return {
    facts,
    at,
    digest: createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16),
    nameOf: (id) => nodeName(models, id),
  }
}

/** The incident that a statement is about if nobody says: the one that is open, if it is the only one. */
export function onlyOpenIncident(models: Models, organisation: string): string | null {
  const open = [...models.of(incidents, organisation).values()].filter(({ stoodDownAt }) => stoodDownAt === null)
  return open.length === 1 ? open[0]!.id : null
}

import type { Level, NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import { type Instant, type Millis, parseInstant } from '#kernel'
import type { StatementsEvent } from '../core/events.ts'
import type { StatementsEntry } from './entry.ts'

/** What a person says of a service's status, against what follows from the records. */
export interface Override {
  readonly level: Level
  readonly since: Instant
  readonly until: Instant | null
  /** What residents are told of why; null where erased. */
  readonly told: string | null
  /** For staff only. */
  readonly reason: string | null
  /** The entry that set it. */
  readonly entry: number
}

/** What residents are told beside a service's status. */
export interface ServiceAdvice {
  readonly alternative: string | null
  readonly noNeedToContact: string | null
  readonly entry: number
}

export interface ServiceWords {
  readonly overrides: Map<NodeId, Override>
  readonly advice: Map<NodeId, ServiceAdvice>
}

type Heard = Extract<
  StatementsEvent['type'],
  'statements.status-overridden' | 'statements.override-lifted' | 'statements.advice-set'
>
const TYPES: readonly Heard[] = ['statements.status-overridden', 'statements.override-lifted', 'statements.advice-set']

/** The override of a service that holds at `at`: one with an end ends by itself. */
export function overrideAt({ overrides }: ServiceWords, service: NodeId, at: Millis): Override | null {
  const found = overrides.get(service)
  return found && (found.until === null || parseInstant(found.until)! > at) ? found : null
}

/** What do people say of each service, beside or against what is derived? */
export const serviceWords: Model<ServiceWords> = {
  name: 'statements.service-words',
  types: TYPES,
  initial: () => ({ overrides: new Map(), advice: new Map() }),
  apply({ overrides, advice }, heard) {
    const entry = heard as StatementsEntry
    if (entry.type === 'statements.status-overridden') {
      const { service, level, until, told = null, reason = null } = entry.data
      overrides.set(service, { level, until, told, reason, since: entry.occurredAt, entry: entry.number })
    } else if (entry.type === 'statements.override-lifted') overrides.delete(entry.data.service)
    else if (entry.type === 'statements.advice-set') {
      const { service, alternative = null, noNeedToContact = null } = entry.data
      advice.set(service, {
        alternative: alternative || null,
        noNeedToContact: noNeedToContact || null,
        entry: entry.number,
      })
    }
  },
}

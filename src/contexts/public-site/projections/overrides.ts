import type { Level, NodeId } from '#contexts/estate'
import type { StatementsEvent } from '#contexts/statements'
import type { Model } from '#journal'
import { type Entry, type Event, type Millis, parseInstant } from '#kernel'

export interface OverrideChange {
  readonly service: NodeId
  /** Null where it was lifted. */
  readonly level: Level | null
  readonly until: Millis | null
  readonly recordedAt: Millis
}

type Heard = Extract<StatementsEvent['type'], 'statements.status-overridden' | 'statements.override-lifted'>
const TYPES: readonly Heard[] = ['statements.status-overridden', 'statements.override-lifted']

/** When did people say another status than follows from the records, in the order of recording? */
export const overrides: Model<OverrideChange[]> = {
  name: 'public-site.overrides',
  types: TYPES,
  initial: () => [],
  apply(changes, entry) {
    const event = entry as Entry & Event as Entry & Extract<StatementsEvent, { type: Heard }>
    const { service } = event.data
    const said = event.type === 'statements.status-overridden' ? event.data : { level: null, until: null }
    const until = said.until === null ? null : parseInstant(said.until)
    changes.push({ service, level: said.level, until, recordedAt: parseInstant(entry.recordedAt)! })
  },
}

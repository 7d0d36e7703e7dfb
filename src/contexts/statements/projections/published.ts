import type { Level, NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import type { Instant } from '#kernel'
import type { Audience, StatementsEvent, Wording } from '../core/events.ts'
import type { StatementsEntry } from './entry.ts'

/** One version as readers see it. What was erased is null. */
export interface PublishedVersion {
  readonly statement: number
  readonly audience: Audience
  readonly version: number
  readonly incident: string | null
  readonly publishedAt: Instant
  /** Its number in the journal. */
  readonly entry: number
  readonly nextUpdateAt: Instant | null
  readonly services: readonly { readonly id: NodeId; readonly level: Level }[]
  readonly wording: Wording | null
  readonly whatChanged: string | null
  withdrawnAt: Instant | null
  /** The number of its withdrawal in the journal. */
  withdrawnBy: number | null
}

type Heard = Extract<StatementsEvent['type'], 'statements.published' | 'statements.withdrawn'>
const TYPES: readonly Heard[] = ['statements.published', 'statements.withdrawn']

/** What has been said, to whom, in which versions: in order of publication, the newest last. */
export const published: Model<PublishedVersion[]> = {
  name: 'statements.published',
  types: TYPES,
  initial: () => [],
  apply(versions, heard) {
    const entry = heard as StatementsEntry
    if (entry.type === 'statements.published') {
      const { breakGlass: _, reason: __, wording = null, whatChanged = null, ...data } = entry.data
      versions.push({
        ...data,
        wording,
        whatChanged,
        publishedAt: entry.occurredAt,
        entry: entry.number,
        withdrawnAt: null,
        withdrawnBy: null,
      })
    } else if (entry.type === 'statements.withdrawn')
      for (const one of versions)
        if (
          one.statement === entry.data.statement &&
          one.audience === entry.data.audience &&
          one.withdrawnBy === null
        ) {
          one.withdrawnAt = entry.occurredAt
          one.withdrawnBy = entry.number
        }
  },
}

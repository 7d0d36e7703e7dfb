import type { Entry } from '#kernel'
import { canonical } from './canonical.ts'

/** An entry as its leaf tells it: `data` without the sealed fields. */
export type LeafEntry = Omit<Entry, 'erased'>

/**
 * The leaf of an entry: RFC 8785 canonical JSON of its fields. `sealed` maps each sealed field to its digest; their
 * values must already be gone from `data`, for a leaf can never be erased. The keys stand in their sorted order, which
 * spares `canonical` the sorting.
 */
export function leafOf(entry: LeafEntry, sealed: Readonly<Record<string, string>>): string {
  return canonical({
    actor: entry.actor,
    command: entry.command ?? null,
    data: entry.data,
    number: entry.number,
    occurredAt: entry.occurredAt,
    organisation: entry.organisation,
    recordedAt: entry.recordedAt,
    reportedAt: entry.reportedAt ?? null,
    sealed,
    stream: entry.stream,
    type: entry.type,
    v: entry.v,
    version: entry.version,
  })
}

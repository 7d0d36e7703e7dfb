import type { Entry } from '#kernel'
import { canonical, canonicalText as text } from './canonical.ts'

/** An entry as its leaf tells it: `data` without the sealed fields. */
export type LeafEntry = Omit<Entry, 'erased'>

/**
 * The leaf of an entry: RFC 8785 canonical JSON of its fields. `sealed` maps each sealed field to its digest; their
 * values must already be gone from `data`, for a leaf can never be erased. The outer keys are written out in their
 * sorted order, which saves a third of the time of an append; a test holds it equal to canonicalize.
 */
export function leafOf(entry: LeafEntry, sealed: Readonly<Record<string, string>>): string {
  const orNull = (value: string | null | undefined) => (value == null ? 'null' : text(value))
  return (
    `{"actor":${canonical(entry.actor)},"command":${orNull(entry.command)},"data":${canonical(entry.data)},` +
    `"number":${canonical(entry.number)},"occurredAt":${text(entry.occurredAt)},` +
    `"organisation":${text(entry.organisation)},"recordedAt":${text(entry.recordedAt)},` +
    `"reportedAt":${orNull(entry.reportedAt)},"sealed":${canonical(sealed)},"stream":${text(entry.stream)},` +
    `"type":${text(entry.type)},"v":${canonical(entry.v)},"version":${canonical(entry.version)}}`
  )
}

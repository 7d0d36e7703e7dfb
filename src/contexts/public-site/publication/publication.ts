import type { Document } from './document.ts'

/** All documents of one organisation, or of the region: rendered from one look at the facts, with one revision. */
export interface DocumentSet {
  /** The organisation's slug; empty for the region. */
  readonly name: string
  readonly revision: number
  /** By the real clock, milliseconds. */
  readonly renderedAt: number
  /** A digest of the facts that it tells, without the time: the same digest, the same truth. */
  readonly truth: string
  readonly documents: readonly Document[]
}

/** What readers see at one moment. Never changed: a later one takes its place whole. */
export interface Publication {
  /** That of its newest set. */
  readonly revision: number
  readonly sets: ReadonlyMap<string, DocumentSet>
  readonly byPath: ReadonlyMap<string, Document>
}

export const EMPTY: Publication = { revision: 0, sets: new Map(), byPath: new Map() }

/** The next publication: these sets in place of those of the same names, and without those that are gone. */
export function succeed(last: Publication, changed: readonly DocumentSet[], gone: readonly string[] = []): Publication {
  const sets = new Map(last.sets)
  const byPath = new Map(last.byPath)
  const remove = (name: string) => {
    for (const { paths } of sets.get(name)?.documents ?? []) for (const path of paths) byPath.delete(path)
    sets.delete(name)
  }
  for (const name of gone) remove(name)
  for (const set of changed) {
    remove(set.name)
    sets.set(set.name, set)
    for (const document of set.documents) for (const path of document.paths) byPath.set(path, document)
  }
  return { revision: Math.max(last.revision, ...changed.map(({ revision }) => revision)), sets, byPath }
}

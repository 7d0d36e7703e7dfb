import { setImmediate as others } from 'node:timers/promises'
import type { Millis } from '#kernel'
import { type Document, encode, type Rendered } from './document.ts'

/** Readers wait at most so long for a page that is being made. */
const SLICE = 8

export async function encodeAll(
  rendered: Iterable<Rendered>,
  revision: number,
  renderedAt: Millis,
): Promise<Document[]> {
  const lastModified = new Date(renderedAt).toUTCString()
  const documents: Document[] = []
  let since = performance.now()
  for (const one of rendered) {
    documents.push(encode(one, revision, lastModified))
    if (performance.now() - since < SLICE) continue
    await others()
    since = performance.now()
  }
  return documents
}

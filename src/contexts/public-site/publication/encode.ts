import type { Millis } from '#kernel'
import { type Document, encode, type Rendered } from './document.ts'

const AT_ONCE = 8

export async function encodeAll(
  rendered: Iterable<Rendered>,
  revision: number,
  renderedAt: Millis,
): Promise<Document[]> {
  const lastModified = new Date(renderedAt).toUTCString()
  const documents: Document[] = []
  let batch: Promise<Document>[] = []
  for (const one of rendered) {
    batch.push(encode(one, revision, lastModified))
    if (batch.length < AT_ONCE) continue
    documents.push(...(await Promise.all(batch)))
    batch = []
  }
  documents.push(...(await Promise.all(batch)))
  return documents
}

import { createHash } from 'node:crypto'
import { brotli, gzipped } from './compress.ts'

/** What was rendered, before it becomes bytes. */
export interface Rendered {
  /** The addresses that it answers, the first being its own: `['/westminster', '/westminster/']`. */
  readonly paths: readonly string[]
  /** Where a plain web server finds it: `index.html`, `api/v2/summary.json`; within its organisation's folder. */
  readonly file: string
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** CSP sources of the styles inside the page. */
  readonly styleHashes: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

/** One address of a publication, ready to send: immutable bytes for each encoding; brotli follows when it is made. */
export interface Document {
  readonly paths: readonly string[]
  readonly file: string
  readonly status: number
  readonly body: { readonly identity: Buffer; readonly gzip: Buffer; readonly brotli: Buffer | null }
  readonly contentType: string
  /** Names the identity bytes; whoever sends another encoding marks it. */
  readonly etag: string
  /** An HTTP date, by the real clock. */
  readonly lastModified: string
  readonly cacheControl: string
  readonly styleHashes: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

// A cache may answer for two seconds, and for a day when we are gone.
const CACHE = 'public, max-age=2, stale-if-error=86400'

export function encode(rendered: Rendered, revision: number, lastModified: string): Document {
  const { text, ...rest } = rendered
  const identity = Buffer.from(text)
  return {
    ...rest,
    body: { identity, gzip: gzipped(identity), brotli: null },
    etag: etagOf(identity),
    lastModified,
    cacheControl: CACHE,
    headers: { ...rendered.headers, 'Holdfast-Revision': String(revision) },
  }
}

/** The same document, also for those who take brotli: slower to make than the page itself, so that no change waits for it. */
export async function complete(document: Document): Promise<Document> {
  const { body } = document
  return body.brotli ? document : { ...document, body: { ...body, brotli: await brotli(body.identity) } }
}

export function etagOf(identity: Buffer): string {
  return `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
}

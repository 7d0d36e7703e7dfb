import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

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

/** One address of a publication, ready to send: immutable bytes for each encoding. */
export interface Document {
  readonly paths: readonly string[]
  readonly file: string
  readonly status: number
  readonly body: { readonly identity: Buffer; readonly gzip: Buffer; readonly brotli: Buffer }
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
const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Compressed on the thread pool, at the level where a change still reaches its page at once. */
export async function encode(rendered: Rendered, revision: number, lastModified: string): Promise<Document> {
  const identity = Buffer.from(rendered.text)
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
  }
  const [small, smaller] = await Promise.all([gzipped(identity, { level: 6 }), brotlied(identity, { params })])
  const { paths, file, status, contentType, styleHashes } = rendered
  return {
    paths,
    file,
    status,
    body: { identity, gzip: small, brotli: smaller },
    contentType,
    etag: etagOf(identity),
    lastModified,
    cacheControl: CACHE,
    styleHashes,
    headers: { ...rendered.headers, 'Holdfast-Revision': String(revision) },
  }
}

export function etagOf(identity: Buffer): string {
  return `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
}

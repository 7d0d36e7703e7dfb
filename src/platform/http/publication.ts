import type { IncomingMessage, ServerResponse } from 'node:http'
import { chooseEncoding, type Encoding } from './negotiate.ts'
import { pagePolicy, securityHeaders } from './security-headers.ts'

/** One public resource as immutable bytes. A changed resource is another object. */
export interface PublicResource {
  readonly body: { readonly identity: Buffer; readonly gzip?: Buffer | null; readonly brotli?: Buffer | null }
  readonly contentType: string
  /** Opaque, the same while the bytes are the same; quotes are optional. */
  readonly etag: string
  /** IMF-fixdate (RFC 9110, 5.6.7). */
  readonly lastModified: string
  readonly cacheControl: string
  /** CSP sources for styles inside the page, such as `'sha256-...'`. */
  readonly styleHashes?: readonly string[]
  /** Added to the ready-made ones, or instead of those of the same name. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface Publication {
  /** By the path as it was sent, without the query string and not decoded. */
  find(path: string): PublicResource | null
  /** The page for people who ask for an address that is not there. */
  notFound?(): PublicResource | null
}

interface Prepared {
  readonly etag: string
  /** The bytes as one character each: node:http joins a string to its head in one write, and a buffer in two. A tenth less work. */
  readonly bytes: string
  readonly full: string[]
  readonly notModified: string[]
}

const MOST_CHOICES = 500

/**
 * Answers a request with a public resource, or returns false. Everything that can be is made once for each resource:
 * this must cost hardly more than a bare server with the same bytes.
 */
export function createPublicHandler(publication: Publication, publicUrl: string) {
  const prepared = new WeakMap<PublicResource, Map<Encoding, Prepared>>()
  const choices = new Map<string, Encoding>()
  const served = { 200: 0, 304: 0 }
  let closing = false

  function prepare(resource: PublicResource): Map<Encoding, Prepared> {
    const made = new Map<Encoding, Prepared>()
    const { identity, gzip, brotli } = resource.body
    made.set('identity', prepareOne(resource, identity, 'identity', publicUrl))
    if (gzip) made.set('gzip', prepareOne(resource, gzip, 'gzip', publicUrl))
    if (brotli) made.set('br', prepareOne(resource, brotli, 'br', publicUrl))
    prepared.set(resource, made)
    return made
  }

  function encodingFor(field: string | undefined, ready: Map<Encoding, Prepared>): Encoding {
    if (field === undefined || ready.size === 1) return 'identity'
    const key = `${ready.size}${ready.has('br') ? 'b' : ''}${field}`
    let choice = choices.get(key)
    if (choice === undefined) {
      choice = chooseEncoding(field, [...ready.keys()])
      if (choices.size < MOST_CHOICES && field.length < 200) choices.set(key, choice)
    }
    return choice
  }

  return {
    served,
    /** From now on each answer closes its connection. */
    close() {
      closing = true
    },
    serve(request: IncomingMessage, response: ServerResponse): boolean {
      const { method, url = '' } = request
      if (method !== 'GET' && method !== 'HEAD') return false
      const query = url.indexOf('?')
      const resource = publication.find(query === -1 ? url : url.slice(0, query))
      if (resource === null) return false
      const ready = prepared.get(resource) ?? prepare(resource)
      const { accepts, noneMatch, modifiedSince } = asked(request.rawHeaders)
      const one = ready.get(encodingFor(accepts, ready))!
      if (closing) response.shouldKeepAlive = false
      if (isFresh(noneMatch, modifiedSince, one.etag, resource.lastModified)) {
        served[304]++
        response.writeHead(304, one.notModified)
        response.end()
        return true
      }
      served[200]++
      response.writeHead(200, one.full)
      if (method === 'HEAD') response.end()
      else response.end(one.bytes, 'latin1')
      return true
    },
  }
}

function prepareOne(resource: PublicResource, body: Buffer, encoding: Encoding, publicUrl: string): Prepared {
  const bare = resource.etag.replace(/^(?:W\/)?"|"$/g, '')
  const etag = encoding === 'identity' ? `"${bare}"` : `"${bare}-${encoding}"`
  const headers = new Map<string, [string, string]>()
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), [name, value])
  const page = resource.contentType.startsWith('text/html')
  for (const [name, value] of securityHeaders(publicUrl, page ? pagePolicy(resource.styleHashes) : undefined))
    set(name, value)
  set('ETag', etag)
  set('Last-Modified', resource.lastModified)
  set('Cache-Control', resource.cacheControl)
  set('Vary', 'Accept-Encoding')
  for (const [name, value] of Object.entries(resource.headers ?? {})) set(name, value)
  if (headers.has('access-control-allow-origin')) set('Cross-Origin-Resource-Policy', 'cross-origin')
  const notModified = [...headers.values()].flat()
  set('Content-Type', resource.contentType)
  if (encoding !== 'identity') set('Content-Encoding', encoding)
  set('Content-Length', String(body.length))
  return { etag, bytes: body.toString('latin1'), full: [...headers.values()].flat(), notModified }
}

interface Asked {
  accepts: string | undefined
  noneMatch: string | undefined
  modifiedSince: string | undefined
}

/** The fields that matter, their lines joined. Asking node for `headers` would build all of them: a twentieth of a request. */
function asked(rawHeaders: readonly string[]): Asked {
  const found: Asked = { accepts: undefined, noneMatch: undefined, modifiedSince: undefined }
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const name = rawHeaders[position]!
    // Few fields have names of these lengths: nearly all are passed over without looking at a letter.
    switch (name.length) {
      case 13:
        if (name.toLowerCase() === 'if-none-match') found.noneMatch = joined(found.noneMatch, rawHeaders[position + 1]!)
        break
      case 15:
        if (name.toLowerCase() === 'accept-encoding') found.accepts = joined(found.accepts, rawHeaders[position + 1]!)
        break
      case 17:
        if (name.toLowerCase() === 'if-modified-since')
          found.modifiedSince = joined(found.modifiedSince, rawHeaders[position + 1]!)
    }
  }
  return found
}

function joined(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`
}

/** RFC 9110, 13.1: If-None-Match decides alone where it is given; its comparison is the weak one. */
function isFresh(
  noneMatch: string | undefined,
  modifiedSince: string | undefined,
  etag: string,
  modified: string,
): boolean {
  if (noneMatch !== undefined)
    return noneMatch.split(',').some((one) => {
      const tag = one.trim()
      return tag === '*' || tag === etag || tag === `W/${etag}`
    })
  if (modifiedSince === undefined) return false
  return Date.parse(modifiedSince) >= Date.parse(modified)
}

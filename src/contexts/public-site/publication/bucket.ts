import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import type { BucketConfig } from '#platform/config'
import type { Document } from './document.ts'
import type { Place } from './keeper.ts'
import type { Publication } from './publication.ts'

/** What was put there: the digest of each object by its key, and the revision that is complete. */
interface Manifest {
  readonly revision: number
  readonly objects: Readonly<Record<string, string>>
}

interface Thing {
  readonly key: string
  readonly digest: string
  readonly revision: string
  readonly type: string
  readonly cacheControl: string
  readonly gzip: boolean
  readonly bytes: Buffer
}

const MANIFEST = 'publication.json'
const AT_ONCE = 8
const TRIES = 4
const PAUSE = 200
const TIMEOUT = 15_000

/**
 * An S3-compatible bucket that serves each object under its key. It has no swap of many keys at once, so the order is kept: what
 * is linked comes before what links to it, then `publication.json`, which names the revision that is complete, and only then
 * is removed what has gone. No key goes back to an older revision; each object carries its own.
 */
export function bucketPlace(config: BucketConfig, timeout = TIMEOUT): Place {
  const { bucket, prefix, endpoint, region, key: accessKeyId, secret: secretAccessKey } = config
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region, retries: 0 })
  const address = (key: string) => [endpoint, bucket, ...`${prefix}/${key}`.split('/').filter(Boolean)].join('/')
  let there: Map<string, string> | null = null

  /** Tried again where that may help; throws what the store answered at last, by its status only. */
  async function ask(method: string, key: string, thing?: Thing): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const failure = await once(method, key, thing).catch((error: unknown) => error as Error)
      if (failure instanceof Response) {
        if (failure.ok || (failure.status === 404 && method !== 'PUT')) return failure
        await failure.body?.cancel()
        const lasting = failure.status < 500 && failure.status !== 429 && failure.status !== 408
        if (lasting || attempt === TRIES) throw new Error(`The bucket answered ${failure.status} to ${method} ${key}`)
      } else if (attempt === TRIES) throw failure
      await sleep(PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
    }
  }

  function once(method: string, key: string, thing?: Thing): Promise<Response> {
    const bytes = thing?.bytes ?? Buffer.alloc(0)
    const headers: Record<string, string> = {
      'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      ...(thing && {
        'content-type': thing.type,
        'cache-control': thing.cacheControl,
        'x-amz-meta-holdfast-revision': thing.revision,
        ...(thing.gzip && { 'content-encoding': 'gzip' }),
      }),
    }
    const body = thing ? new Uint8Array(bytes) : null
    return client.fetch(address(key), { method, headers, body, signal: AbortSignal.timeout(timeout) })
  }

  async function known(): Promise<Map<string, string>> {
    there ??= new Map(Object.entries((await readManifest())?.objects ?? {}))
    return there
  }

  async function readManifest(): Promise<Manifest | null> {
    const response = await ask('GET', MANIFEST)
    return response.status === 404 ? null : ((await response.json()) as Manifest)
  }

  return {
    name: 'bucket',
    newest: async () => (await readManifest().catch(() => null))?.revision ?? 0,
    async write(publication) {
      const objects = await known()
      const things = thingsOf(publication)
      for (const step of steps(things.filter(({ key, digest }) => objects.get(key) !== digest)))
        await several(step, async (thing) => {
          await ask('PUT', thing.key, thing)
          objects.set(thing.key, thing.digest)
        })
      const gone = [...objects.keys()].filter((key) => !things.some((thing) => thing.key === key))
      const kept = Object.fromEntries(things.map(({ key, digest }) => [key, digest]))
      const { revision } = publication
      await ask('PUT', MANIFEST, manifestThing({ revision, objects: kept }))
      await several(gone, async (key) => {
        await ask('DELETE', key)
        objects.delete(key)
      })
    },
  }
}

function thingsOf(publication: Publication): Thing[] {
  return [...publication.sets.values()].flatMap(({ name, documents }) => documents.map((one) => thingOf(name, one)))
}

/** Pages go compressed, for every browser takes that; data goes as it is, for not every reader of feeds does. */
function thingOf(set: string, document: Document): Thing {
  const { paths, file, etag, body, contentType, cacheControl, headers } = document
  const path = paths[0] ?? `/${set}/${file}`
  const key = path.split('/').filter(Boolean).join('/') || 'index.html'
  const gzip = contentType.startsWith('text/html')
  const revision = headers['Holdfast-Revision'] ?? ''
  return { key, digest: etag, revision, type: contentType, cacheControl, gzip, bytes: gzip ? body.gzip : body.identity }
}

/** Pages of single things, then what lists them, the region last of all. */
function steps(things: readonly Thing[]): Thing[][] {
  const depth = ({ key }: Thing) => (key === 'index.html' ? 0 : key.split('/').length)
  const depths = [...new Set(things.map(depth))].sort((a, b) => b - a)
  return depths.map((level) => things.filter((thing) => depth(thing) === level))
}

function manifestThing(manifest: Manifest): Thing {
  const bytes = Buffer.from(JSON.stringify(manifest))
  const revision = String(manifest.revision)
  return { key: MANIFEST, digest: '', revision, type: 'application/json', cacheControl: 'no-cache', gzip: false, bytes }
}

async function several<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(work))
}

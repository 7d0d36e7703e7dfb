import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { moduleText } from './modules.ts'
import { consoleStylesheet } from './stylesheet.ts'

/** A file of the console as immutable bytes: its path holds the hash of what is in it. */
export interface Asset {
  readonly path: string
  readonly contentType: string
  readonly identity: Buffer
  readonly gzip: Buffer
  readonly brotli: Buffer
}

const ISLANDS = new URL('../../islands/', import.meta.url)
const byName = new Map<string, Asset>()
const byPath = new Map<string, Asset>()

/** The address of `console.css`, of an island such as `console.js`, or of a module that islands import. Throws where there is none. */
export function assetPath(name: string): string {
  return made(name).path
}

/** By its address; null for anything else, also for the hash of another version. */
export function findAsset(path: string): Asset | null {
  if (!path.startsWith('/assets/')) return null
  if (byPath.size === 0) for (const name of ['console.css', ...islands()]) made(name)
  return byPath.get(path) ?? null
}

function made(name: string): Asset {
  const known = byName.get(name)
  if (known) return known
  const style = name.endsWith('.css')
  if (style && name !== 'console.css') throw new Error(`there is no asset ${name}`)
  const text = style ? consoleStylesheet() : moduleText(name, ISLANDS, assetPath)
  const identity = Buffer.from(text)
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16)
  const asset: Asset = {
    path: `/assets/${name.replace(/\.(?=\w+$)/, `-${hash}.`)}`,
    contentType: style ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    identity,
    gzip: gzipSync(identity, { level: 9 }),
    // 9 rather than 11: a twentieth of the time at start-up for a few per cent more bytes.
    brotli: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  }
  byName.set(name, asset)
  byPath.set(asset.path, asset)
  return asset
}

function islands(): string[] {
  return readdirSync(ISLANDS)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, '.js'))
}

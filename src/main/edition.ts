import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '#platform/config'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Names all that turns facts into the bytes of a page: our code and templates, the packages, Node with its zlib and its words
 * for times, and the settings that pages show. Processes of one edition make the same bytes of the same facts.
 */
export function editionOf({ url, region }: Pick<Config, 'url' | 'region'>): string {
  const hash = createHash('sha256')
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  const rendering = files.filter((file) => /\.(?:ts|njk|css|json|yaml)$/.test(file) && !file.endsWith('.test.ts'))
  for (const file of [...rendering.sort().map((one) => join('src', one)), 'package-lock.json', 'package.json'])
    hash.update(`${file}\0`).update(read(join(ROOT, file)))
  hash.update(JSON.stringify([url, region, process.versions.node, process.versions.zlib, process.versions.icu]))
  return hash.digest('base64url').slice(0, 22)
}

/** Without a lock file the packages are those of package.json. */
function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

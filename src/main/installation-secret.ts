import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret that every process of this installation shares; the journal makes it at the first start. */
export function installationSecret(dataDirectory: string): Buffer {
  return Buffer.from(readFileSync(join(dataDirectory, 'keys', 'installation.key'), 'utf8').trim(), 'hex')
}

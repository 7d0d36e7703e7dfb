import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Owner } from './owner.ts'

/** sun_path holds 108 bytes on Linux and 104 on macOS, with the zero at the end. */
const LONGEST = 103
export const PORT = 5432

/** A private directory for the Unix socket: short enough for the kernel, and closed to everybody but `owner` and root. */
export function socketDirectory(cluster: string, owner: Owner | null): { path: string; remove: () => void } {
  const fits = (directory: string) => Buffer.byteLength(join(directory, `.s.PGSQL.${PORT}`)) <= LONGEST
  if (!owner && fits(cluster)) return { path: cluster, remove: () => {} }
  const path = mkdtempSync(join(fits(join(tmpdir(), 'holdfast-XXXXXX')) ? tmpdir() : '/tmp', 'holdfast-'))
  if (owner) chownSync(path, owner.uid, owner.gid)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

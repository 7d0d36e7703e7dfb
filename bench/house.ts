import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../src/platform/database/index.ts'
import { openDatabase } from '../src/platform/database/index.ts'

/** A private database in a directory of its own, gone afterwards. */
export async function withDatabase<T>(work: (database: Database, directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const database = await openDatabase({ databaseUrl: null, dataDirectory: directory })
  try {
    return await work(database, directory)
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** How often a second `callers` at once get `call` done; each is given its number and how often it has called. */
export async function rate(
  callers: number,
  seconds: number,
  call: (caller: number, n: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  const end = began + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let n = 0; performance.now() < end; n++) {
        await call(caller, n)
        done++
      }
    }),
  )
  return done / ((performance.now() - began) / 1000)
}

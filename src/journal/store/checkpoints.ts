import type { Database } from '#platform/database'
import { type CheckpointKeys, issueCheckpoint } from '../core/index.ts'
import { readHeads } from './heads.ts'
import type { Installation } from './installation.ts'

export interface StoredCheckpoint {
  readonly size: number
  /** C2SP signed note. */
  readonly note: string
}

export interface Checkpoints {
  keysOf(organisation: string): CheckpointKeys
  /** Signs the head as it stands, once a size; null where there is no journal. */
  sign(organisation: string): Promise<StoredCheckpoint | null>
  latest(organisation: string): Promise<StoredCheckpoint | null>
  all(organisation: string): Promise<StoredCheckpoint[]>
}

export function createCheckpoints(database: Database, installation: Installation): Checkpoints {
  const kept = new Map<string, CheckpointKeys>()
  const keysOf = (organisation: string): CheckpointKeys => {
    let keys = kept.get(organisation)
    if (!keys) {
      const { seed, witness } = installation
      keys = { installationSeed: seed, origin: installation.originOf(organisation), witness }
      kept.set(organisation, keys)
    }
    return keys
  }

  async function all(organisation: string): Promise<StoredCheckpoint[]> {
    const rows = await database.query<{ size: number; note: string }>(
      'journal-checkpoints',
      'select size, note from journal.checkpoints where organisation = $1 order by size',
      [organisation],
    )
    return rows.map(({ size, note }) => ({ size: Number(size), note }))
  }

  async function latest(organisation: string): Promise<StoredCheckpoint | null> {
    const rows = await database.query<{ size: number; note: string }>(
      'journal-checkpoint-latest',
      'select size, note from journal.checkpoints where organisation = $1 order by size desc limit 1',
      [organisation],
    )
    return rows[0] ? { size: Number(rows[0].size), note: rows[0].note } : null
  }

  return {
    keysOf,
    all,
    latest,
    async sign(organisation) {
      const head = (await readHeads(database, [organisation])).get(organisation)!
      if (head.size === 0) return null
      // Its time is that of the last entry: no later entry can be recorded before it, even when the clock is set back.
      const at = head.recordedAt
      const note = issueCheckpoint(keysOf(organisation), { size: head.size, root: head.range.root() }, at)
      await database.query(
        'journal-checkpoint-write',
        `insert into journal.checkpoints (organisation, size, at, note) values ($1, $2, to_timestamp($3::double precision / 1000), $4)
         on conflict do nothing`,
        [organisation, head.size, at, note],
      )
      return latest(organisation)
    },
  }
}

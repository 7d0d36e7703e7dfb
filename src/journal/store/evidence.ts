import type { Database } from '#platform/database'
import {
  hashesFromTiles,
  inclusionProof,
  parseCheckpointText,
  parseNote,
  proofFileText,
  vkeysOf,
} from '../core/index.ts'
import type { Checkpoints } from './checkpoints.ts'
import { tileReader } from './tiles.ts'

/** All that an outsider needs to see that one entry stands in a journal. */
export interface Evidence {
  readonly number: number
  /** The leaf, exactly as it is hashed: words that people typed appear as digests. */
  readonly leaf: string
  /** How many entries the checkpoint covers. */
  readonly size: number
  /** Of that checkpoint, in hex. */
  readonly root: string
  /** C2SP signed note. */
  readonly checkpoint: string
  /** C2SP tlog-proof file. */
  readonly proof: string
  /** Verifier keys: of the log, and of the installation's own witness. */
  readonly keys: { readonly log: string; readonly witness: string }
}

/** Null where there is no such entry. Signs a checkpoint where none covers the entry yet. */
export async function readEvidence(
  database: Database,
  checkpoints: Checkpoints,
  organisation: string,
  number: number,
): Promise<Evidence | null> {
  const [row] = await database.query<{ leaf: string }>(
    'journal-leaf',
    'select leaf from journal.entries where organisation = $1 and number = $2',
    [organisation, number],
  )
  if (!row) return null
  const latest = await checkpoints.latest(organisation)
  const { size, note } = latest && latest.size >= number ? latest : (await checkpoints.sign(organisation))!
  const hashAt = hashesFromTiles(size, tileReader(database, organisation))
  const proof = await inclusionProof(number - 1, size, hashAt)
  return {
    number,
    leaf: row.leaf,
    size,
    root: parseCheckpointText(parseNote(note)!.text)!.root.toString('hex'),
    checkpoint: note,
    proof: proofFileText({ index: number - 1, proof, checkpoint: note }),
    keys: vkeysOf(checkpoints.keysOf(organisation)),
  }
}

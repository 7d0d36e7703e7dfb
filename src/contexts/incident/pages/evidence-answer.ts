import type { PageRequest } from '#command'
import type { Refusal } from '#kernel'

/** What the query `evidence` answers for one entry. */
export interface Evidence {
  readonly number: number
  /** The leaf as it is hashed. */
  readonly leaf: string
  readonly size: number
  /** Hex. */
  readonly root: string
  /** Signed note. */
  readonly checkpoint: string
  /** Proof file: index, hashes, checkpoint. */
  readonly proof: string
  readonly keys: { readonly log: string; readonly witness: string }
}

export async function readEvidence(request: PageRequest, number: number): Promise<Evidence | Refusal> {
  return (await request.ask('evidence', { number })) as Evidence | Refusal
}

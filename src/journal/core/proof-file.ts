import { type OpenCheckpoint, openCheckpoint } from './checkpoint.ts'
import { HASH_BYTES } from './hash.ts'
import { strictBase64, type Verifier } from './note.ts'
import { provesInclusion } from './proofs.ts'

/** C2SP tlog-proof: that one leaf is in a log, provable offline from the log's and its witnesses' keys alone. */
export interface ProofFile {
  /** From 0; an entry's number less one. */
  readonly index: number
  /** RFC 6962 inclusion proof, from the leaf's sibling upwards. */
  readonly proof: readonly Buffer[]
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string
  /** Opaque, and authenticated by nothing. */
  readonly extra?: Buffer
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const HASHES_AT_MOST = 63

/** The text of a `.tlog-proof` file. */
export function proofFileText({ index, proof, checkpoint, extra }: ProofFile): string {
  const lines = [HEADER, ...(extra ? [`extra ${extra.toString('base64')}`] : []), `index ${index}`]
  return `${[...lines, ...proof.map((hash) => hash.toString('base64'))].join('\n')}\n\n${checkpoint}`
}

/** null where the text is not written as tlog-proof demands; nothing is verified yet. */
export function parseProofFile(text: string): ProofFile | null {
  const split = text.indexOf('\n\n')
  if (split < 0) return null
  const [header, ...lines] = text.slice(0, split).split('\n')
  const extra = lines[0]?.startsWith('extra ') ? strictBase64(lines.shift()!.slice(6)) : undefined
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')
  if (header !== HEADER || extra === null || !index || lines.length > HASHES_AT_MOST) return null
  const proof = lines.map(strictBase64)
  if (!Number.isSafeInteger(Number(index[1])) || proof.some((hash) => hash?.length !== HASH_BYTES)) return null
  const checkpoint = text.slice(split + 2)
  return { index: Number(index[1]), proof: proof as Buffer[], checkpoint, ...(extra ? { extra } : {}) }
}

/** Verifies that the leaf with this hash is in the log; answers with the checkpoint that says so and its times. */
export function openProofFile(
  text: string,
  leaf: Buffer,
  keys: { log: Verifier; witnesses: readonly Verifier[] },
): OpenCheckpoint | { readonly wrong: string } {
  const file = parseProofFile(text)
  if (!file) return { wrong: 'this is not a tlog-proof file' }
  const opened = openCheckpoint(file.checkpoint, keys)
  if ('wrong' in opened) return opened
  if (provesInclusion(file.index, opened.size, leaf, file.proof, opened.root)) return opened
  return { wrong: `the proof does not lead from this leaf at index ${file.index} to the checkpoint's root` }
}

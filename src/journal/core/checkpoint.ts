import type { Millis } from '#kernel'
import { cosignatureTime, cosigner } from './cosignature.ts'
import { HASH_BYTES } from './hash.ts'
import { type KeyPair, keyPairOf, logSeed, witnessSeed } from './keys.ts'
import {
  COSIGNATURE,
  ED25519,
  noteSigner,
  parseNote,
  signaturesBy,
  signNote,
  strictBase64,
  type Verifier,
  vkeyOf,
} from './note.ts'

/** C2SP tlog-checkpoint: which log, how many leaves, which root. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly extensions: readonly string[]
}

export interface OpenCheckpoint extends Checkpoint {
  /** When each known witness saw it, by the witness's name. */
  readonly times: ReadonlyMap<string, Millis>
}

function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  const text = `${[origin, size, root.toString('base64'), ...extensions].join('\n')}\n`
  if (!parseCheckpointText(text)) throw new Error(`not a checkpoint: ${JSON.stringify(text)}`)
  return text
}

/** null where the text is not written exactly as tlog-checkpoint demands. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin, size, root, ...extensions] = text.split('\n')
  if (extensions.pop() !== '' || !origin || !/^(0|[1-9]\d{0,15})$/.test(size!)) return null
  const bytes = strictBase64(root!)
  if (bytes?.length !== HASH_BYTES || extensions.includes('') || !Number.isSafeInteger(Number(size))) return null
  return { origin, size: Number(size), root: bytes, extensions }
}

export interface CheckpointKeys {
  /** Secret, 32 bytes, one an installation. */
  readonly installationSeed: Uint8Array
  readonly origin: string
  /** The name of the installation's own witness key. */
  readonly witness: string
}

const derived = new WeakMap<CheckpointKeys, { log: KeyPair; witness: KeyPair }>()

/** Derived once for each keys object: that takes longer than signing. */
function pairsOf(keys: CheckpointKeys): { log: KeyPair; witness: KeyPair } {
  const { installationSeed, origin, witness } = keys
  const pairs = derived.get(keys) ?? {
    log: keyPairOf(logSeed(installationSeed, origin)),
    witness: keyPairOf(witnessSeed(installationSeed, witness)),
  }
  derived.set(keys, pairs)
  return pairs
}

/**
 * A checkpoint signed by the organisation's log key and cosigned, with its time, by the installation's own witness key.
 * `at` is by the organisation's clock: not before its last entry was recorded, and no later entry may be recorded before it.
 */
export function issueCheckpoint(keys: CheckpointKeys, head: { size: number; root: Buffer }, at: Millis): string {
  const { log, witness } = pairsOf(keys)
  const text = checkpointText({ origin: keys.origin, ...head, extensions: [] })
  return signNote(text, [noteSigner(keys.origin, log), cosigner(keys.witness, witness, at)])
}

/** The public halves, as verifier keys to hand out. */
export function vkeysOf(keys: CheckpointKeys): { log: string; witness: string } {
  const { log, witness } = pairsOf(keys)
  return {
    log: vkeyOf(keys.origin, ED25519, log.publicBytes),
    witness: vkeyOf(keys.witness, COSIGNATURE, witness.publicBytes),
  }
}

/**
 * Reads a signed checkpoint. `{ wrong }` says why it does not count: malformed, not signed by the log, of another
 * origin, or with a wrong signature by a witness that is known. Signatures of unknown keys are passed over.
 */
export function openCheckpoint(
  signed: string,
  { log, witnesses }: { log: Verifier; witnesses: readonly Verifier[] },
): OpenCheckpoint | { readonly wrong: string } {
  const note = parseNote(signed)
  const checkpoint = note && parseCheckpointText(note.text)
  if (!note || !checkpoint) return { wrong: 'this is not a signed checkpoint' }
  if (checkpoint.origin !== log.name)
    return { wrong: `this is a checkpoint of ${checkpoint.origin}, not of ${log.name}` }
  const own = signaturesBy(note, log)
  if (!own) return { wrong: `the signature of ${log.name} is wrong` }
  if (own.length === 0) return { wrong: `${log.name} has not signed this checkpoint` }
  const times = new Map<string, Millis>()
  for (const witness of witnesses) {
    const found = signaturesBy(note, witness)
    if (!found) return { wrong: `the cosignature of ${witness.name} is wrong` }
    for (const { signature } of found) times.set(witness.name, cosignatureTime(signature))
  }
  return { ...checkpoint, times }
}

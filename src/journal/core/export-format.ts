import type { Json } from '#kernel'
import { canonical } from './canonical.ts'
import { parseNote } from './note.ts'
import { type Tile, tilePath, tilesOf } from './tiles.ts'

/** The files of an exported journal; verifier/README.md says what each holds. */
export const EXPORT_FILES = {
  entries: 'entries.jsonl',
  sealed: 'sealed.jsonl',
  checkpoint: 'checkpoint',
  checkpoints: 'checkpoints.jsonl',
  logKey: 'log.vkey',
  witnessKey: 'witness.vkey',
} as const

/** One line of entries.jsonl: exactly the bytes that were hashed, and a newline. */
export function entryLine(leaf: string): string {
  if (leaf.includes('\n')) throw new Error('a leaf has no newline')
  return `${leaf}\n`
}

export interface SealedRow {
  readonly number: number
  readonly field: string
  readonly salt: Uint8Array
  readonly value: Json
}

/** One line of sealed.jsonl; the salt in hex. */
export function sealedLine({ number, field, salt, value }: SealedRow): string {
  return `${canonical({ number, field, salt: Buffer.from(salt).toString('hex'), value })}\n`
}

/** One line of checkpoints.jsonl: a signed checkpoint as a JSON string. */
export function checkpointLine(signed: string): string {
  if (!parseNote(signed)) throw new Error('not a signed checkpoint')
  return `${JSON.stringify(signed)}\n`
}

/** log.vkey and witness.vkey. */
export function vkeyFile(vkey: string): string {
  return `${vkey}\n`
}

/** Every tile file of a journal of `size` entries, with the tile that it is. */
export function* tileFiles(size: number): Generator<{ name: string; tile: Tile }> {
  for (const tile of tilesOf(size)) yield { name: tilePath(tile), tile }
}

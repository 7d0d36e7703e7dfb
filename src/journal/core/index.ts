export {
  type Checkpoint,
  type CheckpointKeys,
  issueCheckpoint,
  type OpenCheckpoint,
  openCheckpoint,
  parseCheckpointText,
  vkeysOf,
} from './checkpoint.ts'
export { CompactRange, type OnComplete } from './compact-range.ts'
export { cosignatureVerifier } from './cosignature.ts'
export {
  checkpointLine,
  EXPORT_FILES,
  entryLine,
  type SealedRow,
  sealedLine,
  tileFiles,
  vkeyFile,
} from './export-format.ts'
export { leafHash } from './hash.ts'

export { type LeafEntry, leafOf } from './leaf.ts'
export {
  type Note,
  type NoteSignature,
  noteVerifier,
  parseNote,
  type Signer,
  type Verifier,
} from './note.ts'
export { type ProofFile, proofFileText } from './proof-file.ts'
export { inclusionProof } from './proofs.ts'

export { opens, SALT_BYTES, seal } from './seal.ts'
export { hashesFromTiles, parseTilePath, type ReadTile, type Tile, tileIn } from './tiles.ts'
export type { HashAt } from './tree.ts'

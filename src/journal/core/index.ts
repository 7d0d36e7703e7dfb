export { canonical } from './canonical.ts'
export {
  type Checkpoint,
  type CheckpointKeys,
  checkpointText,
  issueCheckpoint,
  type OpenCheckpoint,
  openCheckpoint,
  parseCheckpointText,
  vkeysOf,
} from './checkpoint.ts'
export { CompactRange, type OnComplete } from './compact-range.ts'
export { cosignatureVerifier, cosigner } from './cosignature.ts'
export {
  checkpointLine,
  EXPORT_FILES,
  entryLine,
  type SealedRow,
  sealedLine,
  tileFiles,
  vkeyFile,
} from './export-format.ts'
export { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts'
export { keyPairOf, logSeed, witnessSeed } from './keys.ts'
export { type LeafEntry, leafOf } from './leaf.ts'
export {
  type Note,
  type NoteSignature,
  noteSigner,
  noteVerifier,
  parseNote,
  type Signer,
  signerFrom,
  signNote,
  type Verifier,
} from './note.ts'
export { openProofFile, type ProofFile, parseProofFile, proofFileText } from './proof-file.ts'
export { consistencyProof, inclusionProof, provesConsistency, provesInclusion } from './proofs.ts'
export { opens, SALT_BYTES, seal } from './seal.ts'
export { hashesFromTiles, parseTilePath, type ReadTile, type Tile, tileIn, tilePath, tilesOf } from './tiles.ts'
export { type HashAt, treeRoot } from './tree.ts'

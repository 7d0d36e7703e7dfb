import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

const SEED_BYTES = 32
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export interface KeyPair {
  readonly privateKey: KeyObject
  /** 32 bytes, RFC 8032. */
  readonly publicBytes: Buffer
}

/** Ed25519 (RFC 8032) from its 32-byte seed. */
export function keyPairOf(seed: Uint8Array): KeyPair {
  if (seed.length !== SEED_BYTES) throw new Error(`a seed has ${SEED_BYTES} bytes, not ${seed.length}`)
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const publicBytes = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
  return { privateKey, publicBytes }
}

export function publicKeyOf(bytes: Uint8Array): KeyObject {
  if (bytes.length !== 32) throw new Error(`an Ed25519 public key has 32 bytes, not ${bytes.length}`)
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
}

/** The seed of an organisation's log key: HKDF-SHA256 (RFC 5869) of the installation's seed, without salt. */
export function logSeed(installationSeed: Uint8Array, origin: string): Buffer {
  return derive(installationSeed, `holdfast log key ${origin}`)
}

/** The seed of the installation's own witness key; other than any log's, as C2SP tlog-cosignature demands. */
export function witnessSeed(installationSeed: Uint8Array, name: string): Buffer {
  return derive(installationSeed, `holdfast witness key ${name}`)
}

function derive(seed: Uint8Array, info: string): Buffer {
  if (seed.length !== SEED_BYTES) throw new Error(`a seed has ${SEED_BYTES} bytes, not ${seed.length}`)
  return Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(0), info, SEED_BYTES))
}

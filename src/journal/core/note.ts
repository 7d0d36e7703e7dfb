import { sign, verify } from 'node:crypto'
import { sha256 } from './hash.ts'
import { type KeyPair, keyPairOf, publicKeyOf } from './keys.ts'

/** C2SP signed-note: text ending in a newline, a blank line, then one line a signature. */
export interface Note {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  /** Four bytes. */
  readonly keyId: Buffer
  readonly signature: Buffer
}

export interface Signer {
  readonly name: string
  readonly keyId: Buffer
  sign(text: string): Buffer
}

export interface Verifier {
  readonly name: string
  readonly keyId: Buffer
  verify(text: string, signature: Buffer): boolean
}

export const ED25519 = 1
export const COSIGNATURE = 4
const SIGNATURES_AT_MOST = 100
const BYTES_AT_MOST = 1_000_000
const NAME = /^[^\p{White_Space}\p{Cc}+]+$/u
const LINE = /^— ([^\p{White_Space}\p{Cc}+]+) ([A-Za-z0-9+/]+={0,2})$/u

/** SHA-256(name || newline || type || public key), its first four bytes. */
export function keyIdOf(name: string, type: number, publicBytes: Uint8Array): Buffer {
  if (!NAME.test(name) || !name.isWellFormed()) throw new Error(`a key name has no spaces and no plus: "${name}"`)
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicBytes])).subarray(0, 4)
}

/** A verifier key as C2SP and Go write it: name+id+base64(type || public key). */
export function vkeyOf(name: string, type: number, publicBytes: Uint8Array): string {
  const id = keyIdOf(name, type, publicBytes).toString('hex')
  return `${name}+${id}+${Buffer.concat([Buffer.of(type), publicBytes]).toString('base64')}`
}

/** A signer key as Go writes it; a secret. */
export function skeyOf(name: string, seed: Uint8Array): string {
  const id = keyIdOf(name, ED25519, keyPairOf(seed).publicBytes).toString('hex')
  return `PRIVATE+KEY+${name}+${id}+${Buffer.concat([Buffer.of(ED25519), seed]).toString('base64')}`
}

/** The parts of a verifier key; null where it is malformed or its id is not that of its name and key. */
export function parseVkey(vkey: string): { name: string; type: number; publicBytes: Buffer } | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey)
  const key = parts && strictBase64(parts[3]!)
  if (!parts || !key || key.length !== 33 || !NAME.test(parts[1]!)) return null
  const [name, type, publicBytes] = [parts[1]!, key[0]!, key.subarray(1)]
  return keyIdOf(name, type, publicBytes).toString('hex') === parts[2] ? { name, type, publicBytes } : null
}

/** From a signer key; null where it is malformed. */
export function signerFrom(skey: string): Signer | null {
  const parts = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(skey)
  const key = parts && strictBase64(parts[3]!)
  if (!parts || !key || key.length !== 33 || key[0] !== ED25519 || !NAME.test(parts[1]!)) return null
  const signer = noteSigner(parts[1]!, keyPairOf(key.subarray(1)))
  return signer.keyId.toString('hex') === parts[2] ? signer : null
}

export function noteSigner(name: string, { privateKey, publicBytes }: KeyPair): Signer {
  return {
    name,
    keyId: keyIdOf(name, ED25519, publicBytes),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  }
}

/** For a verifier key of type Ed25519; null where it is malformed or of another type. */
export function noteVerifier(vkey: string): Verifier | null {
  const key = parseVkey(vkey)
  if (key?.type !== ED25519) return null
  const publicKey = publicKeyOf(key.publicBytes)
  return {
    name: key.name,
    keyId: keyIdOf(key.name, ED25519, key.publicBytes),
    verify: (text, signature) => signature.length === 64 && verify(null, Buffer.from(text), publicKey, signature),
  }
}

export function signNote(text: string, signers: readonly Signer[]): string {
  if (!isNoteText(text)) throw new Error('the text of a note ends in a newline and has no other control characters')
  const lines = signers.map(
    (signer) => `— ${signer.name} ${Buffer.concat([signer.keyId, signer.sign(text)]).toString('base64')}\n`,
  )
  return `${text}\n${lines.join('')}`
}

/** Splits a note without believing it; null where it is not written as C2SP signed-note demands. */
export function parseNote(note: string): Note | null {
  if (note.length > BYTES_AT_MOST || !isNoteText(note)) return null
  const split = note.lastIndexOf('\n\n')
  if (split < 0) return null
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > SIGNATURES_AT_MOST) return null
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const parts = LINE.exec(line)
    const bytes = parts && strictBase64(parts[2]!)
    if (!parts || !bytes || bytes.length < 5) return null
    signatures.push({ name: parts[1]!, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) })
  }
  return { text: note.slice(0, split + 1), signatures }
}

/** The signatures of a note that `verifier` knows. `false` where one of them is wrong: then nothing in it counts. */
export function signaturesBy(note: Note, verifier: Verifier): readonly NoteSignature[] | false {
  const known = note.signatures.filter(
    ({ name, keyId }) => name === verifier.name && Buffer.compare(keyId, verifier.keyId) === 0,
  )
  return known.every(({ signature }) => verifier.verify(note.text, signature)) && known
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: C2SP allows no control character but the newline
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

/** RFC 4648, 4, padded, and with no second way to write the same bytes; null otherwise. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

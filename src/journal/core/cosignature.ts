import { sign, verify } from 'node:crypto'
import type { Millis } from '#kernel'
import { type KeyPair, publicKeyOf } from './keys.ts'
import { COSIGNATURE, keyIdOf, parseVkey, type Signer, type Verifier } from './note.ts'

/** What a C2SP tlog-cosignature cosignature/v1 signs: a header, whole seconds, the checkpoint's text. */
function message(seconds: bigint, text: string): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/** Signs a checkpoint together with the time, rounded down to the second. */
export function cosigner(name: string, { privateKey, publicBytes }: KeyPair, at: Millis): Signer {
  const seconds = BigInt(Math.floor(at / 1000))
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(seconds)
  return {
    name,
    keyId: keyIdOf(name, COSIGNATURE, publicBytes),
    sign: (text) => Buffer.concat([time, sign(null, message(seconds, text), privateKey)]),
  }
}

/** For a verifier key of type 0x04; null where it is malformed or of another type. */
export function cosignatureVerifier(vkey: string): Verifier | null {
  const key = parseVkey(vkey)
  if (key?.type !== COSIGNATURE) return null
  const publicKey = publicKeyOf(key.publicBytes)
  return {
    name: key.name,
    keyId: keyIdOf(key.name, COSIGNATURE, key.publicBytes),
    verify(text, signature) {
      if (signature.length !== 72 || signature[0]! >= 0x80) return false
      return verify(null, message(signature.readBigUInt64BE(0), text), publicKey, signature.subarray(8))
    },
  }
}

/** The time that a cosignature (as in a note, after the key id) carries. */
export function cosignatureTime(signature: Buffer): Millis {
  return Number(signature.readBigUInt64BE(0)) * 1000
}

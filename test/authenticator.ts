import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A passkey made by hand: ES256, no attestation, user verified (WebAuthn level 3, 6.1 and 8.7). */
export interface Authenticator {
  readonly id: string
  create(options: { challenge: string }): object
  get(options: { challenge: string }): object
  /** What `get` counts up from; 0 as most passkeys of today. */
  counter: number
  /** Whether the person was asked for a PIN or fingerprint. */
  verified: boolean
}

export function authenticator(origin: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const rp = createHash('sha256').update(new URL(origin).hostname).digest()
  const text = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url')

  const made: Authenticator = {
    id: text(id),
    counter: 0,
    verified: true,
    create({ challenge }) {
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x!, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y!, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const data = Buffer.concat([head(0x40), attested])
      const object = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      return response({
        clientDataJSON: text(client('webauthn.create', challenge)),
        attestationObject: text(object),
        transports: ['internal'],
      })
    },
    get({ challenge }) {
      if (made.counter > 0) made.counter += 1
      const json = client('webauthn.get', challenge)
      const data = head(0)
      const signed = Buffer.concat([data, createHash('sha256').update(json).digest()])
      const signature = text(sign('sha256', signed, privateKey))
      return response({ clientDataJSON: text(json), authenticatorData: text(data), signature })
    },
  }

  function head(more: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(made.counter)
    return Buffer.concat([rp, Buffer.from([more | 0x01 | (made.verified ? 0x04 : 0)]), counter])
  }
  const client = (type: string, challenge: string) => JSON.stringify({ type, challenge, origin, crossOrigin: false })
  const response = (inner: object) => ({
    id: text(id),
    rawId: text(id),
    type: 'public-key',
    clientExtensionResults: {},
    response: inner,
  })
  return made
}

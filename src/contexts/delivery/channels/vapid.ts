import { createECDH } from 'node:crypto'
import { deriveKey } from '#platform/sealing'

export interface VapidKeys {
  /** Uncompressed P-256 point, base64url: what a browser subscribes with. */
  readonly publicKey: string
  readonly privateKey: string
}

/**
 * RFC 8292. Derived from the installation's secret: every process has the same, and whoever restores `keys/` has them
 * again. Others would end every subscription.
 */
export function vapidKeys(secret: Buffer): VapidKeys {
  const curve = createECDH('prime256v1')
  const privateKey = deriveKey(secret, 'delivery vapid')
  curve.setPrivateKey(privateKey)
  return { publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}

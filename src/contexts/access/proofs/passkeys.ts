import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Clock, Millis } from '#kernel'
import type { Database } from '#platform/database'
import type { Passkey } from '../core/people.ts'
import { newChallenge, takeChallenge } from './challenge.ts'
import type { Keys } from './keys.ts'

/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257]

/** WebAuthn level 3 with discoverable credentials and user verification, for the one site at `url`. */
export interface PasskeyGround {
  readonly database: Pick<Database, 'query'>
  readonly keys: Keys
  readonly clock: Clock
  readonly url: string
}

export function creationOptions(
  { keys, clock, url }: PasskeyGround,
  who: { person: string; name: string; known: readonly Passkey[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Holdfast',
    rpID: hostOf(url),
    userName: who.name,
    userDisplayName: who.name,
    userID: new TextEncoder().encode(who.person),
    challenge: newChallenge(keys, `register ${who.person}`, clock.now()),
    attestationType: 'none',
    excludeCredentials: who.known.map(({ credential: id, transports }) => ({ id, transports: [...transports] })),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What may be kept of a new passkey; null where the proof does not hold. */
export async function checkRegistration(
  ground: PasskeyGround,
  person: string,
  response: unknown,
): Promise<Passkey | null> {
  const { url } = ground
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: (signed) => takeChallenge(ground, `register ${person}`, signed, ground.clock.now()),
      expectedOrigin: new URL(url).origin,
      expectedRPID: hostOf(url),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified) return null
    const { id: credential, publicKey, counter, transports = [] } = registrationInfo.credential
    const kept = transports.filter((one) => typeof one === 'string' && one.length <= 40).slice(0, 10)
    return { credential, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports: kept }
  } catch (error) {
    return notProven(error)
  }
}

/** Without a list of credentials: the device says who it is for. `purpose` is `sign-in`, or whose step-up this is. */
export function requestOptions(
  { keys, clock, url }: PasskeyGround,
  purpose: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: hostOf(url),
    challenge: newChallenge(keys, purpose, clock.now()),
    userVerification: 'required',
  })
}

/** Whether the response proves this passkey. A counter that does not grow tells of a copied key, and is refused. */
export async function checkAuthentication(
  ground: PasskeyGround,
  purpose: string,
  { credential, publicKey, counter: registered, transports }: Passkey,
  response: unknown,
): Promise<boolean> {
  const { url, database } = ground
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: (signed) => takeChallenge(ground, purpose, signed, ground.clock.now()),
      expectedOrigin: new URL(url).origin,
      expectedRPID: hostOf(url),
      credential: {
        id: credential,
        publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
        counter: await counterOf(database, credential, registered),
        transports: [...transports],
      },
      requireUserVerification: true,
    })
    return verified && (await advance(database, credential, authenticationInfo.newCounter, ground.clock.now()))
  } catch (error) {
    return notProven(error) !== null
  }
}

async function counterOf(database: Pick<Database, 'query'>, credential: string, registered: number): Promise<number> {
  const text = 'select counter from access.passkey_use where credential = $1'
  const [row] = await database.query<{ counter: number }>('access-passkey-counter', text, [credential])
  return row?.counter ?? registered
}

async function advance(
  database: Pick<Database, 'query'>,
  credential: string,
  counter: number,
  now: Millis,
): Promise<boolean> {
  const moved = await database.query(
    'access-passkey-advance',
    `insert into access.passkey_use as use (credential, counter, used_at) values ($1, $2, $3)
     on conflict (credential) do update set counter = excluded.counter, used_at = excluded.used_at
     where use.counter < excluded.counter or (use.counter = 0 and excluded.counter = 0)
     returning 1`,
    [credential, counter, new Date(now)],
  )
  return moved.length > 0
}

/** The library throws plain errors for whatever a browser sent amiss; what is ours (the database) has a name of its own. */
function notProven(error: unknown): null {
  if ((error as Error).name.startsWith('Database')) throw error
  return null
}

const hostOf = (url: string) => new URL(url).hostname

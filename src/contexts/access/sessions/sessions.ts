import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Models } from '#journal'
import type { Clock, Clocks, Millis, Role } from '#kernel'
import type { Database } from '#platform/database'
import { liveRoles } from '../core/people.ts'
import { findPerson, people } from '../projections/people.ts'
import type { Keys } from '../proofs/keys.ts'
import { sameText } from '../proofs/keys.ts'
import { createSessionStore, type SessionRow } from './store.ts'

export interface SignedIn {
  /** Stays the same through a step-up, which changes the cookie. */
  readonly session: string
  readonly person: string
  readonly name: string
  /** The last passkey or code, by the real clock. */
  readonly provenAt: Millis
  /** Where the person has a role at this moment. */
  readonly organisations: readonly { readonly slug: string; readonly roles: readonly Role[] }[]
}

export interface Sessions {
  /**
   * The session behind a cookie's value, which is touched by this; null where there is none any more. `touch: false` where a
   * script asks by itself: a screen that nobody uses must not stay signed in for it.
   */
  find(cookie: string, touch?: boolean): Promise<SignedIn | null>
  /** A token for forms, bound to the session. */
  csrfOf(session: string): string
  checkCsrf(session: string, token: string): boolean
  end(session: string): Promise<void>
}

/** What only signing in may do with sessions. */
export interface SessionDesk extends Sessions {
  /** Begins a session, and gives the new cookie's value. */
  begin(person: string, agent: string): Promise<{ session: string; cookie: string }>
  /** After a passkey or code was given again: a new cookie for the same session; null where it has ended meanwhile. */
  prove(session: string): Promise<string | null>
  list(person: string): Promise<SessionRow[]>
  /** Ends one session, if it is this person's. */
  endOf(person: string, session: string): Promise<void>
}

const IDLE: Millis = 30 * 60_000
const ABSOLUTE: Millis = 12 * 3_600_000
/** For how long a page may be served from what was read before: sessions ended by another process live that much longer. */
const REMEMBERED: Millis = 5000
const TOUCH_EVERY: Millis = 30_000
const MOST_REMEMBERED = 10_000
const COOKIE = /^[A-Za-z0-9_-]{43}$/

export interface SessionOptions {
  readonly database: Pick<Database, 'query'>
  readonly models: Models
  readonly clocks: Clocks
  /** The real time: a session in an exercise is as long as any. */
  readonly clock: Clock
  readonly keys: Keys
  readonly idle?: Millis
  readonly absolute?: Millis
}

export function createSessions(options: SessionOptions): SessionDesk {
  const { models, clocks, clock, keys, idle = IDLE, absolute = ABSOLUTE } = options
  const store = createSessionStore(options.database)
  const remembered = new Map<string, { row: SessionRow; readAt: Millis; touchedAt: Millis }>()

  const isOver = (row: SessionRow, now: Millis) => {
    if (now - row.seenAt >= idle || now - row.createdAt >= absolute) return true
    const person = findPerson(models, row.person)?.person
    return person?.generation !== row.generation || person.ended.has(row.session)
  }

  async function rowOf(hash: Buffer, now: Millis, mayTouch: boolean): Promise<SessionRow | null> {
    const key = hash.toString('base64url')
    const known = remembered.get(key)
    const fresh = known && now - known.readAt < REMEMBERED
    const row = fresh ? known.row : await store.read(hash)
    if (!row || isOver(row, now)) {
      remembered.delete(key)
      if (row) await store.end(row.session)
      return null
    }
    const touchedAt = Math.max(known?.touchedAt ?? 0, row.seenAt)
    const touch = mayTouch && now - touchedAt >= TOUCH_EVERY
    if (fresh && !touch) return row
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    if (touch) await store.touch(row.session, now)
    const seen = touch ? { ...row, seenAt: now } : row
    remembered.set(key, { row: seen, readAt: fresh ? known.readAt : now, touchedAt: seen.seenAt })
    return seen
  }

  function forget(session: string): void {
    for (const [key, { row }] of remembered) if (row.session === session) remembered.delete(key)
  }

  const desk: SessionDesk = {
    async find(cookie, touch = true) {
      if (!COOKIE.test(cookie)) return null
      const row = await rowOf(hashOf(cookie), clock.now(), touch)
      return row && signedIn(row, models, clocks)
    },
    csrfOf: (session) => keys.mac('csrf', session),
    checkCsrf: (session, token) => sameText(keys.mac('csrf', session), token),
    async end(session) {
      await store.end(session)
      forget(session)
    },
    async begin(person, agent) {
      const now = clock.now()
      const generation = findPerson(models, person)?.person.generation ?? 0
      const cookie = newCookie()
      const session = randomUUID()
      await store.add(
        { session, person, generation, agent, createdAt: now, seenAt: now, provenAt: now },
        hashOf(cookie),
      )
      return { session, cookie }
    },
    async prove(session) {
      const cookie = newCookie()
      const proven = await store.prove(session, hashOf(cookie), clock.now())
      forget(session)
      return proven ? cookie : null
    },
    async list(person) {
      const now = clock.now()
      return (await store.list(person)).filter((row) => !isOver(row, now))
    },
    async endOf(person, session) {
      const mine = await store.list(person)
      if (mine.some((row) => row.session === session)) await desk.end(session)
    },
  }
  return desk
}

function signedIn({ session, person, provenAt }: SessionRow, models: Models, clocks: Clocks): SignedIn | null {
  const found = findPerson(models, person)
  if (!found) return null
  const organisations = models
    .organisations()
    .map((slug) => ({ slug, roles: liveRoles(models.of(people, slug), person, clocks.of(slug).now()) }))
    .filter(({ roles }) => roles.length > 0)
  return { session, person, name: found.name, provenAt, organisations }
}

const newCookie = () => randomBytes(32).toString('base64url')
const hashOf = (cookie: string) => createHash('sha256').update(cookie).digest()

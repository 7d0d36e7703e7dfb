import type { Millis } from '#kernel'
import type { Database } from '#platform/database'

export interface SessionRow {
  readonly session: string
  readonly person: string
  readonly generation: number
  /** Family of browser and system only. */
  readonly agent: string
  readonly createdAt: Millis
  readonly seenAt: Millis
  readonly provenAt: Millis
}

interface Stored {
  readonly session: string
  readonly person: string
  readonly generation: number
  readonly agent: string
  readonly created_at: Date
  readonly seen_at: Date
  readonly proven_at: Date
}

const COLUMNS = 'session::text, person, generation, agent, created_at, seen_at, proven_at'

export interface SessionStore {
  read(cookie: Buffer): Promise<SessionRow | null>
  add(row: SessionRow, cookie: Buffer): Promise<void>
  touch(session: string, now: Millis): Promise<void>
  /** False where the session is gone. */
  prove(session: string, cookie: Buffer, now: Millis): Promise<boolean>
  list(person: string): Promise<SessionRow[]>
  end(session: string): Promise<void>
}

/** Rows of `access.session`. Only the SHA-256 of a cookie is kept: a copy of the table opens nothing. */
export function createSessionStore(database: Pick<Database, 'query'>): SessionStore {
  return {
    async read(cookie) {
      const text = `select ${COLUMNS} from access.session where cookie = $1`
      const [row] = await database.query<Stored>('access-session-read', text, [cookie])
      return row ? toRow(row) : null
    },
    async add({ session, person, generation, agent, createdAt, seenAt, provenAt }, cookie) {
      await database.query(
        'access-session-add',
        `insert into access.session (session, cookie, person, generation, agent, created_at, seen_at, proven_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [session, cookie, person, generation, agent, new Date(createdAt), new Date(seenAt), new Date(provenAt)],
      )
    },
    async touch(session, now) {
      const text = 'update access.session set seen_at = greatest(seen_at, $2) where session = $1'
      await database.query('access-session-touch', text, [session, new Date(now)])
    },
    async prove(session, cookie, now) {
      const text = `update access.session set cookie = $2, seen_at = $3, proven_at = $3 where session = $1 returning 1`
      const proven = await database.query('access-session-prove', text, [session, cookie, new Date(now)])
      return proven.length > 0
    },
    async list(person) {
      const text = `select ${COLUMNS} from access.session where person = $1 order by seen_at desc`
      return (await database.query<Stored>('access-session-list', text, [person])).map(toRow)
    },
    async end(session) {
      await database.query('access-session-end', 'delete from access.session where session = $1', [session])
    },
  }
}

function toRow(row: Stored): SessionRow {
  const { session, person, generation, agent } = row
  return {
    session,
    person,
    generation,
    agent,
    createdAt: row.created_at.getTime(),
    seenAt: row.seen_at.getTime(),
    provenAt: row.proven_at.getTime(),
  }
}

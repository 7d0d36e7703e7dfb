import { randomUUID } from 'node:crypto'
import type { World } from '#contexts/estate'
import type { Millis } from '#kernel'
import type { Database, Tx } from '#platform/database'
import { type Issued, judge, type Look, type Register, type Verdicts, type Wanted } from './claim.ts'

/** The register of revisions that all processes on one database share. Throws DatabaseUnavailable while that is away. */
export interface RegisterDesk {
  latest(): Promise<Register>
  /** What was granted comes back as issued, all under one revision above `floor`, and is known to everybody before this resolves. */
  claim(request: Claim): Promise<Pick<Verdicts, 'adopted' | 'behind'> & { readonly issued: readonly Issued[] }>
  /** Hears that another process has issued something. */
  listen(heard: () => void): Promise<() => Promise<void>>
}

export interface Claim {
  readonly wanted: readonly Wanted[]
  readonly looks: ReadonlyMap<World, Look>
  /** The highest revision that this process knows of. */
  readonly floor: number
  /** The real time. */
  readonly now: Millis
}

const CHANNEL = 'holdfast_publication'
const ONE_AT_A_TIME = 7_236_501_225
const POLL = 1000
/** Editions that nobody has published for this long are forgotten. */
const FORGOTTEN = 30 * 86_400_000
/** Where the count is not to be trusted, it goes on far above whatever may have been given out. */
const LEAP = 1_000_000

export function openRegister(database: Database, edition: string): RegisterDesk {
  const self = randomUUID()
  let seen = 0

  return {
    async latest() {
      const register = await read(database, edition)
      for (const { revision } of register.issued.values()) seen = Math.max(seen, revision)
      return register
    },

    async claim({ wanted, looks, floor, now }) {
      return database.transaction(async (tx) => {
        await tx.query('public-site-alone', `select pg_advisory_xact_lock(${ONE_AT_A_TIME})`)
        const register = await read(tx, edition)
        const { adopted, granted, behind } = judge(register, wanted, looks)
        if (granted.length === 0) return { adopted, behind, issued: [] }
        const revision = await next(tx, floor)
        const issued = granted.map(({ name, truth, madeAt, confirmedUntil }): Issued => {
          const before = register.issued.get(name)?.renderedAt ?? 0
          // A Last-Modified date has whole seconds: two revisions in one of them must not share it.
          const renderedAt = Math.max(Math.floor(now / 1000) * 1000, before + 1000)
          return { name, revision, truth, madeAt, confirmedUntil, renderedAt }
        })
        await write(tx, edition, issued, new Map(granted.map(({ world }) => [world, looks.get(world)!])))
        await tx.query(
          'public-site-forget',
          'delete from public_site.issues where edition <> $1 and rendered_at < $2::bigint',
          [edition, now - FORGOTTEN],
        )
        await tx.query('public-site-notify', 'select pg_notify($1, $2)', [CHANNEL, `${self} ${revision}`])
        seen = Math.max(seen, revision)
        return { adopted, behind, issued }
      })
    },

    async listen(heard) {
      const unlisten = await database.listen(
        CHANNEL,
        (payload) => {
          if (!payload.startsWith(self)) heard()
        },
        heard,
      )
      // Should a notice be lost.
      const poll = setInterval(() => {
        database
          .query<{ last: number }>('public-site-poll', 'select last from public_site.revision')
          .then(([row]) => {
            if (!row || row.last <= seen) return
            seen = row.last
            heard()
          })
          .catch(() => {})
      }, POLL)
      poll.unref()
      return async () => {
        clearInterval(poll)
        await unlisten()
      }
    },
  }
}

async function read(tx: Tx, edition: string): Promise<Register> {
  const [row] = await tx.query<{ issued: Issued[] | null; looks: (Look & { world: World })[] | null }>(
    'public-site-latest',
    `select (
       select json_agg(json_build_object('name', name, 'revision', revision, 'truth', truth, 'madeAt', made_at,
         'confirmedUntil', confirmed_until, 'renderedAt', rendered_at)) from public_site.issues where edition = $1
     ) as issued, (
       select json_agg(json_build_object('world', world, 'at', at, 'positions', positions))
       from public_site.looks where edition = $1
     ) as looks`,
    [edition],
  )
  return {
    issued: new Map((row?.issued ?? []).map((one) => [one.name, one])),
    looks: new Map((row?.looks ?? []).map(({ world, at, positions }) => [world, { at, positions }])),
  }
}

/** Another database, or one that has gone back in time, goes on far above: its next numbers may have been given out before. */
async function next(tx: Tx, floor: number): Promise<number> {
  const [row] = await tx.query<{ last: number }>(
    'public-site-next',
    `insert into public_site.revision as r (last, incarnation)
     select case when $1::bigint = 0 then 1 else ($1::bigint / ${LEAP} + 1) * ${LEAP} + 1 end, i.incarnation
     from (select s.system_identifier || '/' || c.timeline_id || '/' || d.oid as incarnation
       from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()) i
     on conflict (singleton) do update set
       last = case when r.incarnation = excluded.incarnation and r.last >= $1::bigint then r.last + 1
         else (greatest(r.last, $1::bigint) / ${LEAP} + 1) * ${LEAP} + 1 end,
       incarnation = excluded.incarnation
     returning last`,
    [floor],
  )
  return row!.last
}

async function write(
  tx: Tx,
  edition: string,
  issued: readonly Issued[],
  looks: ReadonlyMap<World, Look>,
): Promise<void> {
  await tx.query(
    'public-site-issue',
    `insert into public_site.issues (edition, name, revision, truth, made_at, confirmed_until, rendered_at)
     select $1, x.name, x.revision, x.truth, x."madeAt", x."confirmedUntil", x."renderedAt"
     from json_to_recordset($2::json) as x (name text, revision bigint, truth text, "madeAt" bigint,
       "confirmedUntil" bigint, "renderedAt" bigint)
     on conflict (edition, name) do update set revision = excluded.revision, truth = excluded.truth,
       made_at = excluded.made_at, confirmed_until = excluded.confirmed_until, rendered_at = excluded.rendered_at`,
    [edition, JSON.stringify(issued)],
  )
  await tx.query(
    'public-site-look',
    `insert into public_site.looks (edition, world, at, positions)
     select $1, x.world, x.at, x.positions
     from json_to_recordset($2::json) as x (world text, at bigint, positions jsonb)
     on conflict (edition, world) do update set at = excluded.at, positions = excluded.positions`,
    [edition, JSON.stringify([...looks].map(([world, look]) => ({ world, ...look })))],
  )
}

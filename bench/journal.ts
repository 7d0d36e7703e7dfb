import { journalSchema, openJournal } from '../src/journal/index.ts'
import { migrate } from '../src/platform/database/index.ts'
import type { Figure } from './figure.ts'
import { rate, withDatabase } from './house.ts'

const SECONDS = 3
const CALLERS = [1, 8, 64]

/** Entries a second that are numbered, hashed, in the tree and on disk, beside bare one-row transactions on the same server. */
export function benchJournal(): Promise<Figure[]> {
  return withDatabase(async (database, directory) => {
    await migrate(database, [journalSchema])
    await database.query('', 'create table bare (id bigserial primary key, leaf text not null, hash bytea not null)')
    const journal = await openJournal({
      database,
      dataDirectory: directory,
      clocks: { of: () => ({ now: () => Date.now() }) },
      declarations: [{ type: 'bench.noted', v: 1, sealed: [] }],
      models: [],
      log: () => {},
    })
    const leaf = 'x'.repeat(400)
    const hash = Buffer.alloc(32, 1)
    const bare = () => database.query('bare', 'insert into bare (leaf, hash) values ($1, $2)', [leaf, hash])
    const append = (run: string) => (caller: number, n: number) =>
      journal.append({
        organisation: `council-${caller % 33}`,
        stream: `${run}-${caller}`,
        expectedVersion: n,
        events: [{ type: 'bench.noted', v: 1, data: { component: 'council/network', condition: 'isolated', n } }],
        actor: { kind: 'operator' },
      })
    await rate(64, 2, append('warm'))
    const figures: Figure[] = []
    for (const callers of CALLERS) {
      const before = await rate(callers, SECONDS / 2, bare)
      const appends = await rate(callers, SECONDS, append(`run-${callers}`))
      const after = await rate(callers, SECONDS / 2, bare)
      const ratio = appends / ((before + after) / 2)
      figures.push(
        {
          name: `journal appends, ${callers} callers`,
          value: Math.round(appends),
          unit: 'per second',
          ...(callers === 64 ? { target: '>= 25000' } : {}),
        },
        {
          name: `... beside bare one-row inserts (10 connections)`,
          value: round(ratio),
          unit: 'ratio',
          note: `${Math.round((before + after) / 2)} bare inserts a second`,
        },
      )
    }
    await journal.close()
    return figures
  })
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}

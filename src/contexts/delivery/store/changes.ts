import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, DatabaseUnavailable } from '#platform/database'
import type { Life } from '../core/life.ts'
import { change, type Happening } from './change.ts'

/** Writes what happens to deliveries: what comes while one transaction is under way goes into the next together. */
export interface Changes {
  /** The life that was written, once it is committed; null where nothing changed. Tries again until `giveUp`. */
  one(delivery: string, happening: Happening): Promise<Life | null>
  giveUp(): void
}

interface Waiting {
  readonly delivery: string
  readonly happening: Happening
  readonly done: (life: Life | null) => void
  readonly failed: (error: unknown) => void
}

const MOST = 200

export function createChanges(database: Database, now: () => Date | null = () => null): Changes {
  let waiting: Waiting[] = []
  let writing = false
  let givenUp = false

  async function work(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      // Of two happenings to one delivery, the second waits for its turn.
      const group = new Map<string, Waiting>()
      for (const one of waiting) if (group.size < MOST && !group.has(one.delivery)) group.set(one.delivery, one)
      const taken = new Set(group.values())
      waiting = waiting.filter((one) => !taken.has(one))
      try {
        const changed = await written(new Map([...group].map(([id, { happening }]) => [id, happening])))
        for (const { delivery, done } of taken) done(changed.get(delivery) ?? null)
      } catch (error) {
        for (const { failed } of taken) failed(error)
      }
    }
    writing = false
  }

  async function written(happenings: ReadonlyMap<string, Happening>): Promise<Map<string, Life>> {
    for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
      try {
        return await change(database, happenings, now())
      } catch (error) {
        if (givenUp || !passes(error)) throw error
        await sleep(wait)
      }
    }
  }

  return {
    one: (delivery, happening) =>
      new Promise((done, failed) => {
        waiting.push({ delivery, happening, done, failed })
        if (!writing) void work()
      }),
    giveUp() {
      givenUp = true
    },
  }
}

/** The database is away, or two transactions were in each other's way. */
function passes(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || ['40P01', '40001'].includes((error as { code?: string }).code ?? '')
}

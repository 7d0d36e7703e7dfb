import { organisationOf, type World } from '#contexts/estate'
import type { Journal } from '#journal'
import { type Clock, type Clocks, type Millis, systemClock } from '#kernel'
import type { Database } from '#platform/database'
import type { Log } from '#platform/log'
import { type Look, lookAt } from './mark.ts'
import type { Subscribers } from './subscribers.ts'
import { type TellingOptions, tell } from './tell.ts'

export interface UpdatesOptions extends TellingOptions {
  readonly database: Database
  readonly journal: Pick<Journal, 'models' | 'subscribe'>
  readonly clocks: Clocks
  readonly subscribers: Pick<Subscribers, 'forgetUnconfirmed'>
  readonly log: Log
  readonly clock?: Clock
  /** Milliseconds between looks when nothing is recorded: levels change with time alone, and changes settle. */
  readonly every?: Millis
}

export interface Updates {
  /** Tells all subscribers what is due now. How many messages were queued. */
  turn(): Promise<number>
  start(): void
  stop(): Promise<void>
}

const EVERY: Millis = 10_000
/** A burst of records is one look. */
const PAUSE: Millis = 200
const FORGET_EVERY: Millis = 3_600_000

export function createUpdates(options: UpdatesOptions): Updates {
  const { database, journal, clocks, log, clock = systemClock, every = EVERY } = options
  const looking = { models: journal.models, clocks }
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> | null = null
  let stopped = false
  let hurried = false
  let forgottenAt = Number.NEGATIVE_INFINITY
  let unsubscribe = () => {}

  async function turn(): Promise<number> {
    const marked = await database.query<{ organisation: string }>(
      'told-all',
      'select organisation from public_site.told_mark order by organisation',
    )
    const looks = new Map<World, Map<string, Look>>()
    let queued = 0
    for (const { organisation } of marked) {
      if (stopped) break
      const world = organisationOf(journal.models, organisation)?.world
      if (world === undefined) continue
      if (!looks.has(world)) looks.set(world, lookAt(looking, world, organisation))
      const look = looks.get(world)!.get(organisation)
      if (!look) continue
      try {
        queued += await database.transaction((tx) => tell(tx, options, look, clock.now()))
      } catch (error) {
        log.warn({ event: 'subscribers-not-told', organisation, error })
      }
    }
    return queued
  }

  async function run(): Promise<void> {
    try {
      const queued = await turn()
      if (queued > 0) log.info({ event: 'subscribers-told', messages: queued })
      if (clock.now() - forgottenAt < FORGET_EVERY) return
      forgottenAt = clock.now()
      await options.subscribers.forgetUnconfirmed()
    } catch (error) {
      log.warn({ event: 'subscribers-not-told', error })
    }
  }

  function soon(wait: Millis): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      hurried = false
      running = run().finally(() => {
        running = null
        if (!stopped) soon(hurried ? PAUSE : every)
      })
    }, wait)
    timer.unref()
  }

  /** Whatever comes while one look is due, or under way, is seen by the next. */
  function hurry(): void {
    if (hurried || stopped) return
    hurried = true
    if (!running) soon(PAUSE)
  }

  return {
    turn,
    start() {
      unsubscribe = journal.subscribe(hurry)
      hurry()
    },
    async stop() {
      stopped = true
      unsubscribe()
      clearTimeout(timer)
      await running
    },
  }
}

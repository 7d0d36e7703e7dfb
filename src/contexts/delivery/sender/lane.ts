import type { Millis } from '#kernel'
import type { Answer } from '../core/life.ts'
import type { Claimed } from '../store/claim.ts'
import { type Delivering, deliver } from './deliver.ts'

export interface LaneOptions extends Delivering {
  readonly atOnce: number
  claim(free: number): Promise<Claimed>
  /** For all processes: this provider takes nothing for a while. */
  close(pause: Millis, because: string): Promise<void>
  heard(answer: Answer): void
  failed(error: unknown): void
}

/** The sending of one channel in one process. */
export interface Lane {
  /** There may be something to send. */
  wake(): void
  /** Begins nothing more; resolves when all that was under way has its answer. */
  stop(): Promise<void>
}

/** Against a notice that was missed, and for what becomes due. */
const POLL: Millis = 1000
const AFTER_FAILURE: Millis = 2000

export function startLane(options: LaneOptions): Lane {
  const { atOnce, claim, close, heard, failed } = options
  const busy = new Set<Promise<void>>()
  let stopping = false
  let woken = false
  let rouse = () => {}

  function wake(): void {
    woken = true
    rouse()
  }

  function rest(millis: Millis): Promise<void> {
    if (woken || stopping) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function one(row: Claimed['rows'][number]): Promise<void> {
    try {
      const answer = await deliver(row, options)
      if (answer) heard(answer)
      if (answer?.kind === 'closed') await close(answer.pause, answer.answer)
    } catch (error) {
      failed(error)
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false
      let pause = POLL
      try {
        // Half of the room at once: a claim for every single one would cost more than the sending.
        const free = busy.size > atOnce / 2 ? 0 : atOnce - busy.size
        const { rows, wait } = free > 0 ? await claim(free) : { rows: [], wait: POLL }
        for (const row of rows) {
          const work = one(row).finally(() => {
            busy.delete(work)
            wake()
          })
          busy.add(work)
        }
        if (rows.length > 0 && rows.length < free && wait > 0) pause = Math.min(wait, POLL)
        else if (rows.length === 0 && wait > 0 && free > 0) pause = Math.min(wait, POLL)
      } catch (error) {
        failed(error)
        pause = AFTER_FAILURE
      }
      await rest(pause)
    }
    await Promise.all(busy)
  }

  const running = run()
  return {
    wake,
    stop() {
      stopping = true
      rouse()
      return running
    },
  }
}

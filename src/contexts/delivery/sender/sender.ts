import type { Models } from '#journal'
import type { Millis } from '#kernel'
import type { Database } from '#platform/database'
import type { Sealing } from '#platform/sealing'
import type { Carrier } from '../channels/channel.ts'
import { type Policy, type Seen, seen } from '../core/life.ts'
import type { Outcome } from '../outbox.ts'
import { isStopped, orders, stoppedBatches } from '../projections/orders.ts'
import { carryOut } from '../store/carry-out.ts'
import { createChanges } from '../store/changes.ts'
import { claim, closeUntil } from '../store/claim.ts'
import { QUEUED } from '../store/enqueue.ts'
import type { DeliveryRow } from '../store/rows.ts'
import { queueDepth } from '../store/standing.ts'
import { createCounts } from './counts.ts'
import { every } from './every.ts'
import { startLane } from './lane.ts'
import { lookUpWhatIsDue } from './look.ts'
import { createOpener } from './open.ts'
import { forget, sweep } from './sweep.ts'
import { tellOutcomes } from './tell.ts'

export interface SenderOptions {
  readonly database: Database
  readonly models: Models
  readonly sealing: Sealing
  readonly carriers: readonly Carrier[]
  readonly hearers: readonly ((outcome: Outcome) => void | Promise<void>)[]
  readonly atOnce: number
  readonly attempts: number
  readonly exercises: boolean
  failed(what: string, error: unknown): void
}

/** What sends in one process. */
export interface Sender {
  /** Orders have been given: carry them out at once. */
  ordered(organisations: Iterable<string>): void
  /** A receipt for a delivery, by its reference. */
  receive(reference: string, what: Seen): Promise<void>
  readonly counts: ReturnType<typeof createCounts>
  /** Begins nothing more, ends what is under way and gives back the rest. */
  stop(): Promise<void>
}

const SWEEP: Millis = 5000
const HOUR: Millis = 3_600_000

export async function startSender(options: SenderOptions): Promise<Sender> {
  const { database, models, carriers, hearers, attempts, atOnce, failed } = options
  const changes = createChanges(database)
  const open = createOpener(database, options.sealing, options.exercises)
  const counts = createCounts()
  let ending = false

  const policyOf = (row: DeliveryRow): Policy => ({
    attempts,
    whenLost: carriers.find(({ provider }) => provider === row.provider)?.whenLost ?? 'leave',
    stopped: isStopped(models, row.organisation, row.batch),
    chance: Math.random(),
  })

  const telling = every(
    SWEEP,
    async () => (await tellOutcomes(database, hearers, (error) => failed('hear', error))) > 0,
    (error) => failed('tell', error),
  )
  const lanes = carriers.map((carrier) => {
    const { channel, provider, rate } = carrier
    return startLane({
      carrier,
      changes,
      open,
      policyOf: (row) => ({ ...policyOf(row), whenLost: carrier.whenLost }),
      ending: () => ending,
      atOnce,
      claim: (free) => claim(database, { channel, provider, rate, atOnce, free, stopped: stoppedBatches(models) }),
      close: (pause, because) => closeUntil(database, provider, { pause, because }),
      heard(answer) {
        counts.count(channel, answer)
        telling.soon()
      },
      failed: (error) => failed('send', error),
    })
  })
  const wake = () => {
    for (const lane of lanes) lane.wake()
  }

  const carryOutAll = async (organisations: Iterable<string>) => {
    for (const organisation of organisations)
      await carryOut(database, organisation, models.of(orders, organisation).given)
    wake()
  }
  const providers = new Map(carriers.map((carrier) => [carrier.provider, carrier]))
  const loops = [
    every(
      SWEEP,
      async () => {
        await carryOutAll(models.organisations())
        await sweep({ database, changes, policyOf, stopped: stoppedBatches(models) })
        counts.depth = await queueDepth(database)
      },
      (error) => failed('sweep', error),
    ),
    every(
      HOUR,
      () => forget(database),
      (error) => failed('forget', error),
    ),
    ...[...providers.values()]
      .filter((carrier) => carrier.lookUp)
      .map((carrier) =>
        every(
          SWEEP,
          async () => (await lookUpWhatIsDue({ database, changes, carrier, policyOf })) > 0,
          (error) => failed('look-up', error),
        ),
      ),
  ]
  const unlisten = await database.listen(QUEUED, wake, wake)

  return {
    counts,
    ordered(organisations) {
      carryOutAll(organisations).catch((error: unknown) => failed('order', error))
    },
    async receive(reference, what) {
      await changes.one(reference, (life, now, row) => seen(life, what, policyOf(row), now))
      telling.soon()
    },
    async stop() {
      ending = true
      await unlisten()
      await Promise.all([...lanes, ...loops, telling].map((one) => one.stop()))
      changes.giveUp()
      for (const carrier of carriers) carrier.close()
    },
  }
}

import Type from 'typebox'
import { fields, type Query, query } from '#command'
import { ROLES } from '#kernel'
import { explain } from './core/explain.ts'
import type { OutboxDesk } from './create-outbox.ts'
import { isStopped } from './projections/orders.ts'

const MOST_BATCHES = 50
const MOST_LETTERS = 200

export interface DeliveriesAnswer {
  readonly channels: readonly string[]
  /** Seconds by which this machine's clock is ahead of GOV.UK Notify's; null where not known. */
  readonly clockAhead: number | null
  readonly batches: readonly {
    readonly batch: string
    readonly queuedAt: string
    readonly stopped: boolean
    /** How many another attempt could mend, and how many may have arrived: those are sent again only where somebody says so. */
    readonly mendable: number
    readonly unsure: number
    readonly channels: readonly { readonly channel: string; readonly counts: Readonly<Record<string, number>> }[]
  }[]
  readonly deadLetters: readonly {
    readonly delivery: string
    readonly batch: string
    readonly channel: string
    readonly state: string
    readonly failure: string | null
    readonly answer: string | null
    readonly because: string | null
    readonly attempts: number
    readonly retriable: boolean
    readonly at: string
  }[]
}

export function deliveriesQuery(desk: () => OutboxDesk): Query {
  return query({
    name: 'deliveries',
    summary: 'What has been sent, what waits, and what did not arrive and why: by batch, channel and state',
    description: `The last ${MOST_BATCHES} batches, or the one that is named, and up to ${MOST_LETTERS} deliveries that failed or may not have arrived, without their addresses.`,
    input: fields({ batch: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })) }),
    roles: ROLES,
    async read({ batch = null }, { organisation, models }): Promise<DeliveriesAnswer> {
      const outbox = desk()
      const [counts, letters] = await Promise.all([
        outbox.counts(organisation, batch, MOST_BATCHES),
        outbox.deadLetters(organisation, batch, MOST_LETTERS),
      ])
      const batches = [...Map.groupBy(counts, (one) => one.batch)].map(([name, rows]) => ({
        batch: name,
        queuedAt: rows[0]!.queuedAt.toISOString(),
        stopped: isStopped(models, organisation, name),
        mendable: rows.reduce((sum, row) => sum + row.mendable, 0),
        unsure: rows.reduce((sum, row) => sum + row.unsure, 0),
        channels: [...Map.groupBy(rows, (one) => one.channel)].map(([channel, some]) => ({
          channel,
          counts: some.reduce<Record<string, number>>(
            (sums, { state, count }) => Object.assign(sums, { [state]: (sums[state] ?? 0) + count }),
            {},
          ),
        })),
      }))
      const ahead = outbox.carriers.map((carrier) => carrier.clockAhead?.() ?? null).find((one) => one !== null)
      return {
        channels: outbox.channels(),
        clockAhead: ahead === undefined || ahead === null ? null : Math.round(ahead / 1000),
        batches,
        deadLetters: letters.map(
          ({ delivery, batch: of, channel, state, reason, failure, answer, attempts, retriable, at }) => ({
            delivery,
            batch: of,
            channel,
            state,
            failure,
            answer,
            because: explain({ state, reason, failure, answer }),
            attempts,
            retriable,
            at: at.toISOString(),
          }),
        ),
      }
    },
  })
}

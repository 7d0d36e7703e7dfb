import type { DeliveriesAnswer } from '#contexts/delivery'
import { isRefusal, operator } from '#kernel'
import { complaint, exerciseMark, order, withApplication } from './open.ts'
import { Complaint, needed, place, print, text, UsageError, type Verb } from './verb.ts'

const options = { ...place, organisation: { type: 'string' }, batch: { type: 'string' } } as const

export const deliveryList: Verb = {
  name: 'delivery list',
  usage: '--organisation SLUG [--batch NAME] [--data DIR]',
  summary: 'Say what was sent, what waits, and what did not arrive and why.',
  options,
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const organisation = needed(values, 'organisation')
    const batch = text(values, 'batch')
    return withApplication(values, async (application) => {
      const input = batch === undefined ? {} : { batch }
      const answer = await application.read({ organisation, query: 'deliveries', input, caller: operator })
      if (isRefusal(answer)) throw new Complaint(complaint(answer))
      const mark = exerciseMark(application, organisation)
      const { channels, batches, deadLetters } = answer as DeliveriesAnswer
      if (batch !== undefined && batches.length === 0)
        throw new Complaint(`${mark}Nothing was ever queued as ${batch}. Leave --batch out to list what was.`)
      print(`${mark}Channels that are set up here: ${channels.join(', ') || 'none'}`)
      for (const one of batches)
        for (const { channel, counts } of one.channels) {
          const all = Object.entries(counts).map(([state, count]) => `${count} ${state}`)
          print(`${mark}${one.batch}  ${channel}  ${all.join(', ')}${one.stopped ? '  (stopped)' : ''}`)
        }
      for (const { delivery, batch: of, channel, state, because } of deadLetters)
        print(`${mark}${of}  ${channel}  ${delivery}  ${state}: ${because ?? 'the reason is not known'}`)
      return 0
    })
  },
}

export const deliveryStop = orderOf('stop', 'Stop sending a batch, within a second and in every process.')
export const deliveryResume = orderOf('resume', 'Go on sending a batch that was stopped.')
export const deliveryRetry = orderOf(
  'retry',
  'Try again what has failed of a batch, or one delivery; with --unknown also what may have arrived.',
)

function orderOf(does: 'stop' | 'resume' | 'retry', summary: string): Verb {
  const retry = does === 'retry'
  return {
    name: `delivery ${does}`,
    usage: `--organisation SLUG --batch NAME${retry ? ' [--delivery ID] [--unknown]' : ''} [--data DIR]`,
    summary,
    options: { ...options, ...(retry ? { delivery: { type: 'string' }, unknown: { type: 'boolean' } } : {}) },
    async run(values: Record<string, never>, more) {
      if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
      const organisation = needed(values, 'organisation')
      const delivery = text(values, 'delivery')
      const input = {
        batch: needed(values, 'batch'),
        ...(delivery === undefined ? {} : { delivery }),
        ...(values.unknown ? { unknown: true } : {}),
      }
      return withApplication(values, async (application) => {
        const { entries } = await order(application, organisation, `delivery.${does}`, input)
        const mark = exerciseMark(application, organisation)
        print(`${mark}${entries.length > 0 ? `Recorded as journal entry ${entries.join(', ')}.` : 'It is so already.'}`)
        return 0
      })
    },
  }
}

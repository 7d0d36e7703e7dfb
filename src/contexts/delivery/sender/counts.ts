import type { Answer } from '../core/life.ts'
import type { Channel } from '../outbox.ts'

type ByChannel = Record<string, number>

/** For metrics: what this process has sent and failed to send, and how much waits. */
export function createCounts() {
  const sent: ByChannel = {}
  const failed: ByChannel = {}
  return {
    sent,
    failed,
    depth: {} as ByChannel,
    count(channel: Channel, { kind }: Answer) {
      if (kind === 'held') return
      const into = kind === 'accepted' ? sent : failed
      into[channel] = (into[channel] ?? 0) + 1
    },
  }
}

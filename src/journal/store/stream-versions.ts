import type { Entry } from '#kernel'
import type { AppendRequest } from '../append-request.ts'

const KEPT = 200_000

/** Where streams stand, as far as this process has brought them there itself. */
export interface StreamVersions {
  /** True when each request, in this order, follows on what is known; a new stream may be unknown. */
  follow(requests: readonly AppendRequest[]): boolean
  note(entries: readonly Entry[]): void
  clear(): void
}

export function createStreamVersions(): StreamVersions {
  const known = new Map<string, number>()
  return {
    follow(requests) {
      const next = new Map<string, number>()
      return requests.every(({ organisation, stream, expectedVersion, events }) => {
        const key = `${organisation} ${stream}`
        const stands = next.get(key) ?? known.get(key) ?? 0
        next.set(key, expectedVersion + events.length)
        return stands === expectedVersion
      })
    },
    note(entries) {
      if (known.size > KEPT) known.clear()
      for (const { organisation, stream, version } of entries) known.set(`${organisation} ${stream}`, version)
    },
    clear: () => known.clear(),
  }
}

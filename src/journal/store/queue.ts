import type { AppendRequest, AppendResult } from '../append-request.ts'

export interface Waiting {
  readonly request: AppendRequest
  readonly settle: (result: AppendResult) => void
  readonly fail: (error: unknown) => void
}

const GROUP_EVENTS = 500
const GROUPS_AT_ONCE = 2
/** Fewer than this are not worth a statement and an fsync of their own while another group is being written. */
const WORTH_ITS_OWN = 16

export interface Queue {
  add(one: Waiting): void
  /** The next group to write beside those that are being written, or null when it should wait. */
  take(): Waiting[] | null
  /** The group has been written, or has failed. */
  landed(group: readonly Waiting[]): void
  isEmpty(): boolean
}

/**
 * Appends that wait. Those that wait while a group is being written form the next. Where many wait, half the journals go
 * first and the others beside them: while PostgreSQL writes one group, this process works out the other. No journal is
 * in two groups at once, so that each has one order.
 */
export function createQueue(): Queue {
  let waiting: Waiting[] = []
  const flying = new Map<readonly Waiting[], Set<string>>()

  function isFlying(organisation: string): boolean {
    for (const organisations of flying.values()) if (organisations.has(organisation)) return true
    return false
  }

  /** The journals that may go now. */
  function ready(): Set<string> {
    const counts = new Map<string, number>()
    let all = 0
    for (const { request } of waiting) {
      if (isFlying(request.organisation)) continue
      counts.set(request.organisation, (counts.get(request.organisation) ?? 0) + 1)
      all += 1
    }
    if (flying.size > 0) return all < WORTH_ITS_OWN ? new Set() : new Set(counts.keys())
    if (all < 2 * WORTH_ITS_OWN) return new Set(counts.keys())
    const first = new Set<string>()
    let taken = 0
    for (const [organisation, count] of counts) {
      if (taken >= all / 2) break
      first.add(organisation)
      taken += count
    }
    return first
  }

  return {
    add: (one) => void waiting.push(one),
    take() {
      if (waiting.length === 0 || flying.size === GROUPS_AT_ONCE) return null
      const may = ready()
      if (may.size === 0) return null
      const taken: Waiting[] = []
      const left: Waiting[] = []
      const ids = new Set<string>()
      let events = 0
      for (const one of waiting) {
        const { organisation, command, events: its } = one.request
        // A command id goes only once, so that its repeat meets the first answer.
        const id = command && `${organisation} ${command.id}`
        const full = taken.length > 0 && events + its.length > GROUP_EVENTS
        if (!may.has(organisation) || full || (id && ids.has(id))) {
          left.push(one)
          continue
        }
        if (id) ids.add(id)
        events += its.length
        taken.push(one)
      }
      waiting = left
      flying.set(taken, new Set(taken.map(({ request }) => request.organisation)))
      return taken
    },
    landed: (group) => void flying.delete(group),
    isEmpty: () => waiting.length === 0 && flying.size === 0,
  }
}

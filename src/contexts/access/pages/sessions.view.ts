import type { Frame } from '#command'
import { type Instant, instant } from '#kernel'
import type { SessionRow } from '../sessions/store.ts'

export interface SessionsPage {
  readonly frame: Frame
  readonly title: string
  readonly name: string
  /** The person's own page. */
  readonly back: string
  readonly action: string
  readonly error: string | null
  readonly sessions: readonly {
    readonly session: string
    readonly agent: string
    readonly began: Instant
    readonly seen: Instant
    readonly proven: Instant
  }[]
}

export function sessionsPage(
  frame: Frame,
  { id, name, rows, error }: { id: string; name: string; rows: readonly SessionRow[]; error: string | null },
): SessionsPage {
  const back = `/console/${frame.organisation.slug}/people/${id}`
  return {
    frame,
    title: `${error === null ? '' : 'Error: '}Where ${name} is signed in`,
    name,
    back,
    action: `${back}/sessions`,
    error,
    sessions: rows.map(({ session, agent, createdAt, seenAt, provenAt }) => ({
      session,
      agent,
      began: instant(createdAt),
      seen: instant(seenAt),
      proven: instant(provenAt),
    })),
  }
}

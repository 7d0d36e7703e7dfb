import type { World } from '#contexts/estate'
import type { Millis } from '#kernel'

/** What was published of one document set: with the same edition and the same truth, everybody makes the same bytes of it. */
export interface Issued {
  /** The organisation's slug; empty for the region. */
  readonly name: string
  readonly revision: number
  readonly truth: string
  /** By the organisation's clock, as `confirmedUntil`. */
  readonly madeAt: Millis
  readonly confirmedUntil: Millis
  /** By the real clock, in whole seconds; grows with each revision of a set. */
  readonly renderedAt: Millis
}

/** What a world's facts were taken from: how far each journal had been read, at which time of its clock. */
export interface Look {
  readonly at: Millis
  readonly positions: Readonly<Record<string, number>>
}

/** What the register holds for one edition. */
export interface Register {
  readonly issued: ReadonlyMap<string, Issued>
  readonly looks: ReadonlyMap<World, Look>
}

/** A document set that somebody wants to publish, and the revision of it that they serve now. */
export interface Wanted extends Pick<Issued, 'name' | 'truth' | 'madeAt' | 'confirmedUntil'> {
  readonly world: World
  readonly served: number
}

export interface Verdicts {
  /** Somebody was faster: to be served as they issued it. */
  readonly adopted: readonly Issued[]
  /** To be issued under the next revision. */
  readonly granted: readonly Wanted[]
  /** Somebody has published from more entries, or later: look again before claiming. */
  readonly behind: readonly Wanted[]
}

/**
 * Who may issue what. Looks only ever grow, so a process that has read less, or whose clock is slow, can never put an older
 * truth in place of a newer one; and what was issued already is adopted, so no truth gets two revisions without need.
 */
export function judge(register: Register, wanted: readonly Wanted[], mine: ReadonlyMap<World, Look>): Verdicts {
  const adopted: Issued[] = []
  const granted: Wanted[] = []
  const behind: Wanted[] = []
  for (const one of wanted) {
    const issued = register.issued.get(one.name)
    if (issued?.truth === one.truth && issued.revision > one.served) adopted.push(issued)
    else if (isBehind(mine.get(one.world), register.looks.get(one.world))) behind.push(one)
    else granted.push(one)
  }
  return { adopted, granted, behind }
}

function isBehind(mine: Look | undefined, latest: Look | undefined): boolean {
  if (!latest) return false
  if (!mine || mine.at < latest.at) return true
  return Object.entries(latest.positions).some(([organisation, number]) => (mine.positions[organisation] ?? 0) < number)
}

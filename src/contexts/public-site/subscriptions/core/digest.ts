import type { Level } from '#contexts/estate'
import type { Millis } from '#kernel'

/** Services that do not run as usual, by slug. What is not named does. */
export type Levels = Readonly<Record<string, Exclude<Level, 'normal'>>>

/** Changes that have not held for long enough to be told: what the page says, and since when it has said so. */
export type Settling = Readonly<Record<string, { readonly level: Level; readonly since: Millis }>>

/** What subscribers of an organisation can be told. */
export interface Picture {
  readonly levels: Levels
  readonly settling: Settling
}

export interface Change {
  readonly service: string
  readonly level: Level
}

function levelIn(levels: Levels, service: string): Level {
  return Object.hasOwn(levels, service) ? levels[service]! : 'normal'
}

/** A service's new level counts once it has stood for `delay`: what comes and goes within that is nobody's news. */
export function settle(before: Picture, now: Levels, at: Millis, delay: Millis): Picture {
  const changes: Change[] = []
  const settling: Record<string, { level: Level; since: Millis }> = {}
  for (const { service, level } of differences(before.levels, now)) {
    const seen = Object.hasOwn(before.settling, service) ? before.settling[service]! : null
    const since = seen?.level === level ? Math.min(seen.since, at) : at
    if (at - since >= delay) changes.push({ service, level })
    else settling[service] = { level, since }
  }
  return { levels: changed(before.levels, changes), settling }
}

/** A statement tells the levels that it names to everybody whom they concern: they need not settle. */
export function toldByStatement(before: Picture, now: Levels, named: readonly Change[]): Picture {
  const true_ = named.filter(({ service, level }) => levelIn(now, service) === level)
  const settling = Object.fromEntries(
    Object.entries(before.settling).filter(([service]) => !true_.some((one) => one.service === service)),
  )
  return { levels: changed(before.levels, true_), settling }
}

/** What is so now and was not told, in order of the slugs. */
export function differences(told: Levels, now: Levels): Change[] {
  const services = new Set([...Object.keys(told), ...Object.keys(now)])
  return [...services]
    .sort()
    .map((service) => ({ service, level: levelIn(now, service) }))
    .filter(({ service, level }) => levelIn(told, service) !== level)
}

export interface Follower {
  /** Empty: whatever the organisation says. */
  readonly services: readonly string[]
  readonly told: Levels
  /** The last message of this kind; null where there was none. */
  readonly toldAt: Millis | null
}

export function follows({ services }: Pick<Follower, 'services'>, service: string): boolean {
  return services.length === 0 || services.includes(service)
}

/**
 * What this follower was told otherwise, or not at all. What is changing at this very moment is left out, and so is everything
 * while it is too soon to write again.
 */
export function newsFor(follower: Follower, picture: Picture, at: Millis, window: Millis): Change[] {
  return mayWrite(follower.toldAt, at, window) ? untold(follower, picture) : []
}

/** The same at any time, for what goes out anyway. */
export function untold(follower: Follower, { levels, settling }: Picture): Change[] {
  return differences(follower.told, levels).filter(
    ({ service }) => follows(follower, service) && !Object.hasOwn(settling, service),
  )
}

function mayWrite(toldAt: Millis | null, at: Millis, window: Millis): boolean {
  return toldAt === null || at - toldAt >= window || at < toldAt
}

function changed(levels: Levels, changes: readonly Change[]): Levels {
  const next: Record<string, Level> = { ...levels }
  for (const { service, level } of changes) next[service] = level
  return Object.fromEntries(Object.entries(next).filter(([, level]) => level !== 'normal')) as Levels
}

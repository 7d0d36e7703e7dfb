import type { ComponentKind, Condition, NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import { plainName } from './plain-name.ts'

/** `ahead` of the likely time, `late` between the likely and the latest time, `passed` after both. */
type Phase = 'ahead' | 'late' | 'passed'

export interface Expectation {
  readonly earliest: Millis
  readonly likely: Millis
  readonly latest: Millis
  readonly phase: Phase
}

/** The recorded condition at the end of a service's chain. */
export interface Cause {
  /** Null where the cause is the organisation's own. */
  readonly neighbour: string | null
  readonly component: NodeId
  /** Its number in the journal of whose it is. */
  readonly entry: number
  readonly name: string
  readonly kind: ComponentKind
  readonly condition: Exclude<Condition, 'operational'>
  readonly precautionary: boolean
  readonly since: Millis
  readonly expected: Expectation | null
}

const UNNAMED: Partial<Record<ComponentKind, string>> = { supplier: 'supplier', team: 'team' }

/** Why, as a clause after "because". Isolation is told as what it is: never as compromise, and as a precaution where it is one. */
export function because(cause: Cause): string {
  return becauseOf([cause])
}

const NAMED = 3

/** The same for causes that differ only in what was hit (see `kindred`), the weightiest first. */
function becauseOf(causes: readonly Cause[]): string {
  const cause = causes[0]!
  const precaution = cause.precautionary ? ' as a precaution' : ''
  const { neighbour } = cause
  const isolated = cause.condition === 'isolated'
  const subjects = [...new Set(causes.map((one) => subject(one, isolated ? 'its' : undefined)))]
  const what = listed(subjects.length > NAMED ? [...subjects.slice(0, NAMED), 'other systems'] : subjects)
  switch (cause.condition) {
    case 'isolated':
      return `${neighbour ?? 'we'} ${neighbour ? 'has' : 'have'} disconnected ${what}${precaution}`
    case 'unavailable':
      return `we cannot use ${what}`
    case 'degraded':
      return `we can use ${what} only in part`
    case 'unknown':
      return `we are checking whether we can rely on ${what}`
  }
}

export function listed(items: readonly string[]): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : (items[0] ?? '')
}

/** Causes with the same key make one sentence: same doer, same deed, same promise. */
export function kindred({ neighbour, condition, precautionary }: Cause): string {
  return JSON.stringify([neighbour, condition, precautionary])
}

/** "our voice network", "Teams", "the shared platform of Kensington": how a component is named to anybody outside. */
export function subject(cause: Pick<Cause, 'neighbour' | 'kind' | 'name'>, possessive?: 'its'): string {
  const { neighbour } = cause
  const unnamed = UNNAMED[cause.kind]
  const owner = neighbour === null ? 'our' : (possessive ?? 'the')
  const of = neighbour !== null && !possessive ? ` of ${neighbour}` : ''
  // Whom an organisation buys from, and which of its people are missing, is not the public page's to tell.
  if (unnamed) return `one of ${owner} ${unnamed}s${of}`
  const { text, proper } = plainName(cause.name)
  if (proper) return neighbour === null ? text : `${text} at ${neighbour}`
  return `${owner} ${text}${of}`
}

/** The distinct reasons of all that is impaired, as clauses, the one behind most services first. */
export function reasons(services: readonly { readonly cause: Cause | null }[]): string[] {
  const causes = services.flatMap(({ cause }) => cause ?? [])
  return byWeight(causes, kindred).map((same) => becauseOf(byWeight(same, ({ name }) => name).map((one) => one[0]!)))
}

function byWeight<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()].sort((a, b) => b.length - a.length)
}

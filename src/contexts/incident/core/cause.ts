import type { ComponentKind, Condition, NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import type { LanguageCode } from '#platform/words'
import { outsideTexts } from './catalogue.ts'
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

/** Why, as a clause after "because". Isolation is told as what it is: never as compromise, and as a precaution where it is one. */
export function because(cause: Cause, language?: LanguageCode): string {
  return becauseOf([cause], language)
}

const NAMED = 3

/** The same for causes that differ only in what was hit (see `kindred`), the weightiest first. */
function becauseOf(causes: readonly Cause[], language?: LanguageCode): string {
  const { say, t, list } = outsideTexts.in(language)
  const { neighbour, condition, precautionary } = causes[0]!
  const isolated = condition === 'isolated'
  const subjects = [...new Set(causes.map((one) => subject(one, language, isolated)))]
  const what = list(subjects.length > NAMED ? [...subjects.slice(0, NAMED), t('because.others')] : subjects)
  if (condition !== 'isolated') return say(`because.${condition}`, { what })
  return neighbour === null
    ? say(precautionary ? 'because.isolated.own.precaution' : 'because.isolated.own', { what })
    : say(precautionary ? 'because.isolated.neighbour.precaution' : 'because.isolated.neighbour', { neighbour, what })
}

/** Causes with the same key make one sentence: same doer, same deed, same promise. */
export function kindred({ neighbour, condition, precautionary }: Cause): string {
  return JSON.stringify([neighbour, condition, precautionary])
}

/**
 * "our voice network", "Teams", "the shared platform of Kensington": how a component is named to anybody outside; where the
 * neighbour is the sentence's subject, "its shared platform".
 */
export function subject(
  { neighbour, kind, name }: Pick<Cause, 'neighbour' | 'kind' | 'name'>,
  language?: LanguageCode,
  itsOwn = false,
): string {
  const { say } = outsideTexts.in(language)
  const of = neighbour ?? ''
  const whose = neighbour === null ? 'own' : itsOwn ? 'its' : 'of'
  // Whom an organisation buys from, and which of its people are missing, is not the public page's to tell.
  if (kind === 'supplier' || kind === 'team') return say(`subject.${kind}.${whose}`, { neighbour: of })
  const { text, proper } = plainName(name)
  if (proper) return say(neighbour === null ? 'subject.proper.own' : 'subject.proper.of', { name: text, neighbour: of })
  return say(`subject.named.${whose}`, { name: text, neighbour: of })
}

/** The distinct reasons of all that is impaired, as clauses, the one behind most services first. */
export function reasons(services: readonly { readonly cause: Cause | null }[], language?: LanguageCode): string[] {
  const causes = services.flatMap(({ cause }) => cause ?? [])
  return byWeight(causes, kindred).map((same) => {
    const named = byWeight(same, ({ name }) => name).map((one) => one[0]!)
    return becauseOf(named, language)
  })
}

function byWeight<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()].sort((a, b) => b.length - a.length)
}

import type { Json, JsonObject } from '#kernel'
import type { Scenario, Step } from './scenario.ts'

/** The longest name that an organisation may have. */
const LONGEST = 64

/**
 * The same story among other organisations: `westminster` becomes `westminster-2` wherever it is named as a whole, also in
 * files and in pointers. Journals are never emptied, so that this is how an exercise begins again. The first is itself.
 */
export function copyOf(scenario: Scenario, copy: number): Scenario {
  if (copy === 1) return scenario
  const slugs = [...scenario.organisations].sort((a, b) => b.length - a.length)
  const known = new RegExp(`(?<![\\w.-])(?:${slugs.join('|')})(?![\\w-]|\\.\\w)`, 'g')
  const renamed = (slug: string) => nameOfCopy(slug, copy)
  const inText = (text: string) => text.replace(known, renamed)
  const inJson = (value: Json): Json => {
    if (typeof value === 'string') return inText(value)
    if (Array.isArray(value)) return value.map(inJson)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [inText(key), inJson(inner)]))
  }
  /** Where an organisation gets its name, people must be able to tell it from the first. */
  const titled = (input: JsonObject): JsonObject =>
    typeof input.slug === 'string' && typeof input.name === 'string'
      ? { ...input, name: `${input.name} (${copy})` }
      : input
  const step = (one: Step): Step => {
    const organisation = renamed(one.organisation)
    if (one.kind === 'command') return { ...one, organisation, input: titled(inJson(one.input) as JsonObject) }
    const that = one.that.map((check) => ({
      ...check,
      pointer: inText(check.pointer),
      value: inJson(check.value),
    }))
    return { ...one, organisation, query: inJson(one.query) as JsonObject, that }
  }
  return {
    ...scenario,
    exercise: nameOfCopy(scenario.exercise, copy),
    title: `${scenario.title} (${copy})`,
    organisations: scenario.organisations.map(renamed),
    steps: scenario.steps.map(step),
  }
}

export function nameOfCopy(slug: string, copy: number): string {
  const end = copy === 1 ? '' : `-${copy}`
  return slug.slice(0, LONGEST - end.length) + end
}

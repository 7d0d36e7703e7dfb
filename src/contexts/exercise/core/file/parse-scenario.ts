import { instant } from '#kernel'
import { FASTEST } from '../clock.ts'
import type { Scenario } from '../scenario.ts'
import { list, moment, number, readFields, required, slug, text } from './fields.ts'
import { Mistakes, type ScenarioMistake } from './mistakes.ts'
import { parseStep } from './parse-step.ts'
import { readYaml } from './read-yaml.ts'
import type { ReadText } from './references.ts'
import type { Value } from './value.ts'

export type Parsed = { readonly scenario: Scenario } | { readonly mistakes: readonly ScenarioMistake[] }

const MOST_ORGANISATIONS = 500
const MOST_STEPS = 10_000
const KEYS = ['exercise', 'title', 'notice', 'starts', 'now', 'speed', 'organisations', 'steps']

const title = text('a title of 1 to 300 characters', (one) => one.trim() !== '' && one.length <= 300)
const notice = text(
  'a notice of up to 2000 characters that says EXERCISE',
  (one) => one.includes('EXERCISE') && one.length <= 2000,
)

/** A scenario from the YAML in `text`, or every mistake in it; never throws. `file` is its name in messages. */
export function parseScenario(file: string, text: string, readText: ReadText): Parsed {
  const mistakes = new Mistakes(file)
  const value = readYaml(text, mistakes)
  const scenario = value && fromValue(file, value, readText, mistakes)
  if (scenario && !mistakes.any) return { scenario }
  if (!mistakes.any) mistakes.add({ line: 1, column: 1 }, 'this file is empty', 'a scenario')
  return { mistakes: mistakes.all() }
}

function fromValue(file: string, value: Value, readText: ReadText, mistakes: Mistakes): Scenario | undefined {
  const fields = readFields(value, 'a scenario', KEYS, mistakes)
  if (!fields) return undefined
  const head = {
    file,
    exercise: required(fields, 'exercise', slug, mistakes),
    title: required(fields, 'title', title, mistakes),
    notice: required(fields, 'notice', notice, mistakes),
    starts: required(fields, 'starts', moment, mistakes),
    now: required(fields, 'now', moment, mistakes),
    speed: required(fields, 'speed', number(0, FASTEST), mistakes),
  }
  const { starts, now } = head
  if (starts !== undefined && now !== undefined && now < starts)
    mistakes.add(fields.found.get('now')!.value.place, 'now lies before the start', `${instant(starts)} or later`)
  const organisations =
    required(fields, 'organisations', list('organisations', MOST_ORGANISATIONS, slug), mistakes) ?? []
  const double = organisations.find((one, index) => organisations.indexOf(one) !== index)
  if (double !== undefined)
    mistakes.add(fields.found.get('organisations')!.value.place, `${double} is named twice`, 'each organisation once')

  const context = { mistakes, readText, organisations, kept: new Map<string, number>() }
  let numbered = 0
  let latest = { at: starts ?? Number.NEGATIVE_INFINITY, words: 'the start' }
  const step = (one: Value) => {
    numbered += 1
    const parsed = parseStep(one, numbered, context)
    if (parsed && parsed.at < latest.at)
      mistakes.add(one.place, `this step goes back in time, before ${latest.words}`, `${instant(latest.at)} or later`)
    else if (parsed) latest = { at: parsed.at, words: `the step in line ${parsed.line}` }
    return parsed
  }
  const steps = required(fields, 'steps', list('steps', MOST_STEPS, step), mistakes) ?? []
  return mistakes.any ? undefined : { ...(head as Required<typeof head> as Head), organisations, steps }
}

type Head = Omit<Scenario, 'organisations' | 'steps'>

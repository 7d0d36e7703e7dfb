import { type Json, type JsonObject, ROLES, type Role } from '#kernel'
import { type Check, MATCHERS, type MatcherName } from '../matchers.ts'
import { isPointer } from '../pointer.ts'
import type { Step } from '../scenario.ts'
import { type Fields, list, moment, optional, type Reader, readFields, required, slug, text } from './fields.ts'
import { type Mistakes, shown } from './mistakes.ts'
import { type References, resolve } from './references.ts'
import { nameOfKind, type Value } from './value.ts'

const MOST_CHECKS = 1000

const commandName = text('a command such as incident.declare', (name) =>
  /^[a-z][a-z-]{0,62}\.[a-z][a-z-]{0,62}$/.test(name),
)
const queryName = text('something to read, such as impact', (name) => /^[a-z][a-z0-9.-]{0,126}$/.test(name))
const pointerText = text('a JSON pointer such as /nodes/westminster~1report-it/level', isPointer)

export interface StepContext extends References {
  readonly kept: Map<string, number>
  readonly organisations: readonly string[]
}

/** One step; undefined where it is wrong in a way that leaves no step. Names that it keeps are known from here on. */
export function parseStep(value: Value, number: number, context: StepContext): Step | undefined {
  const { mistakes } = context
  const expects = value.kind === 'map' && value.entries.some((entry) => entry.key === 'expect')
  const keys = expects ? ['at', 'expect'] : ['at', 'organisation', 'as', 'by', 'command', 'input', 'keep']
  const fields = readFields(value, expects ? 'a step that expects' : 'a step', keys, mistakes)
  if (!fields) return undefined
  const at = required(fields, 'at', moment, mistakes)
  const common = { number, line: value.place.line }
  if (expects) {
    const expected = parseExpect(fields.found.get('expect')!.value, context)
    return expected && at !== undefined ? { kind: 'expect', ...common, at, ...expected } : undefined
  }
  const organisation = required(fields, 'organisation', knownOrganisation(context), mistakes)
  const as = required(fields, 'as', role, mistakes)
  const by = optional(fields, 'by', slug, mistakes)
  const command = required(fields, 'command', commandName, mistakes)
  const input = optional(fields, 'input', object(context), mistakes) ?? {}
  const keep = parseKeep(fields, context)
  if (at === undefined || organisation === undefined || as === undefined || command === undefined) return undefined
  return { kind: 'command', ...common, at, organisation, as, ...(by ? { by } : {}), command, input, keep }
}

function parseExpect(value: Value, context: StepContext) {
  const { mistakes } = context
  const fields = readFields(value, 'expect', ['organisation', 'read', 'query', 'that'], mistakes)
  if (!fields) return undefined
  const organisation = required(fields, 'organisation', knownOrganisation(context), mistakes)
  const read = required(fields, 'read', queryName, mistakes)
  const query = optional(fields, 'query', object(context), mistakes) ?? {}
  const that = required(fields, 'that', list('checks', MOST_CHECKS, check(context)), mistakes)
  if (organisation === undefined || read === undefined || that === undefined) return undefined
  return { organisation, read, query, that }
}

function check(context: StepContext): Reader<Check> {
  return (value, mistakes) => {
    const fields = readFields(value, 'a check', ['pointer', ...MATCHERS], mistakes)
    if (!fields) return undefined
    const pointer = required(fields, 'pointer', pointerText, mistakes)
    const given = MATCHERS.filter((name) => fields.found.has(name))
    const matcher = given[0]
    if (given.length !== 1 || !matcher)
      return mistakes.add(
        value.place,
        given.length === 0 ? 'this check expects nothing' : `this check has ${given.join(' and ')}`,
        `one of ${MATCHERS.join(', ')}`,
      )
    const { value: operand } = fields.found.get(matcher)!
    const expected = resolve(operand, context)
    const wrong = wrongOperand(matcher, expected)
    if (wrong) mistakes.add(operand.place, `${matcher} is given ${nameOfKind(operand)}`, wrong)
    return pointer === undefined ? undefined : { line: value.place.line, pointer, matcher, value: expected }
  }
}

function wrongOperand(matcher: MatcherName, value: Json): string | null {
  const kept = value !== null && typeof value === 'object' && !Array.isArray(value) && '$kept' in value
  if (matcher === 'atLeast' && typeof value !== 'number' && !kept) return 'a number'
  if (matcher === 'startsWith' && typeof value !== 'string' && !kept)
    return 'a text (in quotes if it could be a number)'
  return matcher === 'absent' && value !== true ? 'true' : null
}

function parseKeep(fields: Fields, { kept, mistakes }: StepContext): { name: string; pointer: string }[] {
  const value = fields.found.get('keep')?.value
  if (!value) return []
  if (value.kind !== 'map') {
    mistakes.add(value.place, `keep is ${nameOfKind(value)}`, 'names with JSON pointers into the answer')
    return []
  }
  const keep: { name: string; pointer: string }[] = []
  for (const entry of value.entries) {
    const first = kept.get(entry.key)
    if (first !== undefined)
      mistakes.add(entry.place, `${shown(entry.key)} is kept already, in line ${first}`, 'another name')
    kept.set(entry.key, first ?? entry.place.line)
    const pointer = pointerText(entry.value, mistakes)
    if (pointer !== undefined) keep.push({ name: entry.key, pointer })
  }
  return keep
}

function object(context: StepContext): Reader<JsonObject> {
  return (value, mistakes) => {
    if (value.kind !== 'map') return mistakes.add(value.place, `here stands ${nameOfKind(value)}`, 'a map of fields')
    const resolved = resolve(value, context)
    return typeof resolved === 'object' && !Array.isArray(resolved) ? (resolved ?? {}) : {}
  }
}

function knownOrganisation({ organisations }: StepContext): Reader<string> {
  return oneOfThese('organisation of this scenario', organisations)
}

const role = oneOfThese<Role>('role', ROLES)

function oneOfThese<T extends string>(what: string, words: readonly T[]): Reader<T> {
  return (value, mistakes: Mistakes) => {
    const word = value.kind === 'scalar' ? String(value.value) : nameOfKind(value)
    const known = words.find((one) => one === word)
    return known ?? mistakes.addUnknown(value.place, `${shown(word)} is no ${what}`, word, words)
  }
}

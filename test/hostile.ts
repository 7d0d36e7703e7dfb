import type { JsonSchema } from '#kernel'

/** A stream of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function seeded(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    upTo: (most: number) => Math.floor(next() * most),
    of: <T>(from: readonly T[]) => from[Math.floor(next() * from.length)]!,
  }
}
export type Random = ReturnType<typeof seeded>

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxLength?: number
}

const TIMES = ['2025-11-25T06:30:00Z', '2026-01-01T00:00:00+14:00', '2099-12-31T23:59:59.999Z']
const EDGES = [
  ...['0000-01-01T00:00:00Z', '0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:59'],
  ...['2024-02-30T00:00:00Z', '1969-12-31T23:59:59Z', '2025-11-25T24:00:00Z', '2025-11-25', '2016-12-31T23:59:60Z'],
]
const DURATIONS = ['PT4H', 'P5D', 'PT0S', 'P999999999W', 'P99999999D', 'PT0.0000001S', 'P1Y']

/** Ids that stand for something: whatever the field, and by the name of the field. */
export interface Known {
  readonly any: readonly string[]
  readonly named: Readonly<Record<string, readonly string[]>>
}

/** A value that the schema describes, of a field called `name`. Half of the time it holds no more than it must. */
export function fitting(
  schema: JsonSchema,
  random: Random,
  known: Known,
  { name = '', spare = random.next() < 0.5 }: { name?: string; spare?: boolean } = {},
): unknown {
  const { type, anyOf, items, format, pattern = '', ...rest } = schema as Schema
  if (rest.const !== undefined) return rest.const
  if (rest.enum) return random.of(rest.enum)
  if (anyOf && format === undefined && (type !== 'string' || random.next() < 0.9)) {
    const chosen = random.of(anyOf)
    return fitting({ ...(type ? { type } : {}), ...chosen }, random, known, { name, spare })
  }
  if (format === 'instant') return random.of([...TIMES, ...EDGES])
  if (format === 'iso-duration') return random.of(DURATIONS)
  if (type === 'object' || rest.properties) {
    const wanted = Object.entries(rest.properties ?? {}).filter(
      ([name]) => rest.required?.includes(name) || (!spare && random.next() < 0.6),
    )
    return Object.fromEntries(wanted.map(([name, one]) => [name, fitting(one, random, known, { name, spare })]))
  }
  if (type === 'array')
    return Array.from({ length: (rest.minItems ?? 0) + random.upTo(3) }, () =>
      fitting(items ?? {}, random, known, { name, spare }),
    )
  if (type === 'integer') return (rest.minimum ?? 0) + random.upTo(Math.min(5, (rest.maximum ?? 5) + 1))
  if (type === 'number') return random.of([rest.minimum ?? 0, 1, 0.5, rest.maximum ?? 1e6])
  if (type === 'boolean') return random.next() < 0.5
  if (type === 'null') return null
  if (pattern.includes('{64}')) return Array.from({ length: 64 }, () => random.upTo(16).toString(16)).join('')
  if (pattern.includes('{8}')) return 'E09000033'
  if ((rest.maxLength ?? 0) > 100_000) return random.of(FILES)
  const own = Object.hasOwn(known.named, name) ? known.named[name]! : []
  return random.of(own.length > 0 && random.next() < 0.9 ? own : known.any)
}

const FILES = [
  'components:\n  - { id: network, name: Network, kind: network }\nservices:\n  - { id: bins, name: Bins, needs: [{ requires: network }] }\n',
  'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nservices: [*c, *c]\n',
  'services: []\ncomponents: []\n',
  '- - - - - - - - - -',
  'components:\n  - { id: constructor, name: toString, kind: network }\n  - { id: __proto__, name: x, kind: network }\n',
  '\uFEFF{}',
  '?',
]

const POISON: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => '',
  () => ' \t\n',
  () => [],
  () => ({}),
  () => true,
  () => -1,
  () => 1.5,
  () => 2 ** 53 + 2,
  () => 1e308,
  () => -0,
  () => 'x'.repeat(200_000),
  () => 'é\u0301'.repeat(20_000),
  () => 'a\u0000b',
  () => '\ud800',
  () => '\udfff tail',
  () => '\u202e\u2028\ufeff',
  () => '__proto__',
  () => 'constructor',
  () => 'toString',
  () => 'hasOwnProperty',
  () => '../../etc/passwd',
  () => "'; drop schema journal cascade; --",
  () => '{{7*7}}<script>',
  () => 'borchester/network',
  () => 'borchester',
  () => '/',
  () => 'ambridge/',
  () => '//',
  (random) => random.of(EDGES),
  (random) => random.of(DURATIONS),
  (random) => nested(random.of([10, 60, 64, 65, 500])),
  (random) => Array.from({ length: random.of([100, 6000]) }, () => 'network'),
]

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { in: value }
  return value
}

/** The same value with one place of it, or the whole, spoilt. */
export function spoilt(value: unknown, random: Random): unknown {
  const poison = () => random.of(POISON)(random)
  if (Array.isArray(value)) {
    if (value.length === 0 || random.next() < 0.3) return poison()
    const at = random.upTo(value.length)
    return value.map((one, position) => (position === at ? spoilt(one, random) : one))
  }
  if (typeof value !== 'object' || value === null) return poison()
  const names = Object.keys(value)
  const choice = random.next()
  if (names.length === 0 || choice < 0.05) return poison()
  const name = random.of(names)
  const { [name]: before, ...others } = value as Record<string, unknown>
  if (choice < 0.2) return others
  if (choice < 0.35) {
    const extra = random.of(['extra', '__proto__', 'constructor', 'prototype', 'toString', '\ud800', 'a\u0000'])
    return Object.fromEntries([...Object.entries(value), [extra, poison()]])
  }
  return { ...others, [name]: spoilt(before, random) }
}

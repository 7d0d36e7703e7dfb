import fc from 'fast-check'
import { instant } from '#kernel'
import type { Issue, OrganisationFacts } from '../src/contexts/public-site/core/facts.ts'
import { worldFacts } from '../src/contexts/public-site/projections/public-facts.ts'
import { type HandMadeWorld, handMadeWorld, inventedEstate } from './hand-made-world.ts'

const BEGUN = Date.parse('2025-11-25T06:30:00.250Z')
const MINUTE = 60_000
const SLUG = 'westminster'
const LEVELS = ['normal', 'stopped', 'degraded'] as const

const plainWords = fc.constantFrom(
  'Some services have stopped',
  'Bins are collected as usual.',
  'Call us if it cannot wait.',
)
const hostileWords = fc.oneof(
  plainWords,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    '\u0000\u0001\u001b[31m\u007f\u0085\u009f',
    ']]>',
    '<script>alert(1)</script>',
    '</script><!-- &lt;b&gt; &amp;nbsp; &#x26; -->',
    '& &amp; &nonsense; <b>bold</b>',
    '\u202eevil\u202c \u2066isolated\u2069 \u200fשלום\u200e',
    '\ud800 half \udfff',
    '\ufffe\uffff\ufeff',
    '😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    'BEGIN:VEVENT\r\nSUMMARY:forged\r\nEND:VEVENT',
    'a;b,c\\d\\n"e"\r\n\ttab',
    'é\u0301'.repeat(40),
  ),
  fc.constantFrom('x'.repeat(10_000), 'wörd '.repeat(2_000), '🚒'.repeat(5_000), '<&>"\''.repeat(2_000)),
)

type Deed =
  | { what: 'isolate' | 'restore'; component: number }
  | { what: 'say'; statement: number; audience: string; words: string[]; levels: number; dueIn: number }
  | { what: 'withdraw'; statement: number; audience: string }
  | { what: 'override'; service: number; words: string }
  | { what: 'stand-down' | 'declare' }

const audience = fc.constantFrom('residents', 'residents', 'residents', 'press', 'staff')

function deed(words: fc.Arbitrary<string>): fc.Arbitrary<Deed> {
  const component = fc.nat(1)
  const statement = fc.integer({ min: 1, max: 3 })
  return fc.oneof(
    fc.record({ what: fc.constantFrom('isolate' as const, 'restore' as const), component }),
    fc.record({
      what: fc.constant('say' as const),
      statement,
      audience,
      words: fc.array(words, { minLength: 6, maxLength: 6 }),
      levels: fc.nat(8),
      dueIn: fc.integer({ min: -5, max: 60 }),
    }),
    fc.record({ what: fc.constant('withdraw' as const), statement, audience }),
    fc.record({ what: fc.constant('override' as const), service: fc.nat(5), words }),
    fc.record({ what: fc.constantFrom('stand-down' as const, 'declare' as const) }),
  )
}

export interface RandomHistory {
  readonly facts: OrganisationFacts
  readonly issue: Issue
  /** The facts after each deed, the last being the same as `facts`. */
  readonly before: readonly OrganisationFacts[]
}

function played(
  world: HandMadeWorld,
  name: string,
  services: readonly string[],
  deeds: readonly (readonly [Deed, number])[],
  look: () => void,
): void {
  const estate = inventedEstate(SLUG, services.length)
  world.found(SLUG, name, {
    ...estate,
    services: estate.services.map((one, position) => ({ ...one, name: services[position]! })),
  })
  const record = (type: string, data: object) => world.record(SLUG, { type, v: 1, data })
  const versions = new Map<string, number>()
  const over = new Set<string>()
  let incident = world.declare(SLUG)
  for (const [one, pause] of deeds) {
    world.now += pause
    if ('component' in one) {
      const components = [`${SLUG}/${one.component ? 'corporate-network' : 'documents'}`]
      world[one.what](SLUG, incident, components)
    } else if ('service' in one)
      record('statements.status-overridden', {
        service: `${SLUG}/service-${one.service}`,
        level: LEVELS[one.service % 3],
        until: null,
        told: one.words,
      })
    else if ('levels' in one) publish(one)
    else if ('statement' in one)
      record('statements.withdrawn', { statement: one.statement, audience: one.audience, reason: 'Secret reason' })
    else if (one.what === 'declare') incident = world.declare(SLUG)
    else if (!over.has(incident)) {
      over.add(incident)
      world.now += 1
      record('incident.stood-down', { incident, stillIsolated: [], reason: 'Secret reason' })
      world.now += 1
    }
    look()
  }

  function publish({ statement, audience: to, dueIn, words, levels }: Extract<Deed, { levels: number }>): void {
    const [headline, known, notKnown, doing, advice, next] = words
    const version = (versions.get(`${statement} ${to}`) ?? 0) + 1
    versions.set(`${statement} ${to}`, version)
    record('statements.published', {
      statement,
      audience: to,
      version,
      incident,
      nextUpdateAt: dueIn < 0 ? null : instant(world.now + dueIn * MINUTE),
      services: [
        ...(levels % 3 ? [{ id: `${SLUG}/service-1`, level: LEVELS[levels % 3] }] : []),
        ...(levels > 4 ? [{ id: `${SLUG}/service-2`, level: 'degraded' }] : []),
      ],
      breakGlass: false,
      wording: { headline, known, notKnown, doing, advice, next },
      ...(version > 1 ? { whatChanged: known } : {}),
    })
  }
}

/** What may be published of a council after anything at all has happened in it. Made up. */
export function randomHistory(words: 'plain' | 'hostile'): fc.Arbitrary<RandomHistory> {
  const some = words === 'plain' ? plainWords : hostileWords
  const name = words === 'plain' ? fc.constant('Westminster City Council') : some.map((one) => `${one} Council`)
  return fc
    .record({
      exercise: fc.boolean(),
      gss: fc.constantFrom(null, 'E09000033'),
      name,
      services: fc.array(
        some.map((one) => `Service ${one}`),
        { minLength: 6, maxLength: 6 },
      ),
      deeds: fc.array(fc.tuple(deed(some), fc.constantFrom(0, 400, MINUTE, 7 * MINUTE)), { maxLength: 14 }),
      revision: fc.integer({ min: 1, max: 1_000_000 }),
      gone: fc.constantFrom(0, MINUTE),
    })
    .map(({ exercise, gss, name: council, services, deeds, revision, gone }) => {
      const world = handMadeWorld(BEGUN, exercise ? 'borchester-2025' : 'live')
      const before: OrganisationFacts[] = []
      // Models change in place: what was seen is kept as it was.
      const look = () =>
        before.push(
          structuredClone({
            ...worldFacts(world.models, exercise ? 'borchester-2025' : 'live', world.now).organisations[0]!,
            gss,
          }),
        )
      played(world, council, services, deeds, look)
      world.now += gone
      look()
      const issue = {
        revision,
        madeAt: world.now,
        confirmedUntil: world.now + 30 * MINUTE,
        url: 'https://status.example.org',
        language: 'en-GB',
      } as const
      return { facts: before.at(-1)!, issue, before }
    })
}

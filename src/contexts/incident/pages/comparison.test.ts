import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { estateOf, serviceOf } from '#contexts/estate'
import { whatIf } from '../projections/what-if.ts'
import { breachAxis, marks, position } from './breach-axis.ts'
import { choiceOf, chosen, EVERYTHING, localId, textOf, waysToCompare } from './choice.ts'
import { serviceHours, wayOf } from './comparison.ts'
import { estateTold, madeWorld, visited } from './incident.gallery.ts'
import { sayShort } from './say.ts'

const INCIDENT = '019ab8bd-3900-7168-b643-3d32e91a9dcf'
const { models, now, ...rest } = madeWorld([
  ...estateTold(),
  ['incident.declared', { incident: INCIDENT, title: 'Invented', summary: 'Invented' }],
])
const { components } = estateOf(models, 'example')!
const ids = components.map(({ id }) => localId(id))
const HOUR = 3_600_000
const numRuns = Number(process.env.HOLDFAST_RUNS ?? 60)
const isolating = (choice: readonly string[]) =>
  whatIf(
    models,
    'example',
    chosen(choice, components).map((component) => ({ component, condition: 'isolated' })),
    now,
  )

test('the figures of a way are those of the what-if answer, whatever is chosen', () => {
  const choices = fc.uniqueArray(fc.constantFrom(...ids, 'kind:network', 'kind:telephony', EVERYTHING), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(choices, (choice) => {
      const answer = isolating(choice)
      const way = wayOf({ text: '', title: '', components: 0 }, answer, now, (id) => serviceOf(models, id)!.statutory)
      const until = (at: number) => answer.stopped.filter((hit) => Date.parse(hit.at) - at <= 0).length
      assert.equal(way.stoppedNow, until(now))
      assert.equal(way.stoppedInADay, until(now + 24 * HOUR))
      assert.equal(way.stopped, answer.stopped.length)
      assert.equal(way.limited, answer.degraded.length)
      assert.equal(way.statutory, answer.stopped.filter(({ id }) => serviceOf(models, id)!.statutory).length)
      const limits = answer.stopped.flatMap(({ mtpdBreachAt }) => (mtpdBreachAt ? [Date.parse(mtpdBreachAt)] : []))
      assert.equal(way.firstMtpd?.at, limits.length > 0 ? Math.min(...limits) : undefined)
    }),
    { numRuns },
  )
})

test('services that would be limited are named with the time from which', async () => {
  const choice = ids.find((id) => isolating([id]).degraded.some(({ at }) => Date.parse(at) > now))
  assert.ok(choice, 'the estate has one that is limited later')
  const { degraded } = isolating([choice])
  const page = await visited({ models, now, ...rest }, `/incidents/${INCIDENT}/isolate`, { query: `take=${choice}` })
  const list = /Services that would be limited<\/h3>\s*<ul[\s\S]*?<\/ul>/.exec(page)![0]
  for (const { name, at } of degraded.filter((_, index) => index < 3)) {
    const when = Date.parse(at) <= now ? 'At once' : `From ${sayShort(Date.parse(at))}`
    assert.match(list, new RegExp(`<li>${when}: [^<]*${name}`))
  }
})

test('the page shows those figures for each way, and what it costs if it is a false alarm', async () => {
  const query = 'take=kind%3Anetwork&likely=5'
  const page = await visited({ models, now, ...rest }, `/incidents/${INCIDENT}/isolate`, { query })
  const [ours, all] = [isolating(['kind:network']), isolating([EVERYTHING])]
  const figures = new RegExp(
    `Services stopped at once</th>\\s*<td[^>]*>${ours.stopped.filter(({ at }) => Date.parse(at) <= now).length}</td>\\s*` +
      `<td[^>]*>${all.stopped.filter(({ at }) => Date.parse(at) <= now).length}</td>\\s*<td[^>]*>0</td>`,
  )
  assert.match(page, figures)
  const hours = serviceHours(ours, now + 120 * HOUR).toLocaleString('en-GB')
  assert.ok(page.includes(`this costs ${hours} service-hours until 8am on Sunday 30 November 2025`), hours)
  assert.match(page, /26 days and £289,625/)
})

test('service-hours count each service from when it stops until it is back', () => {
  const hit = (after: number) => ({ at: new Date(now + after * HOUR).toISOString() }) as never
  assert.equal(serviceHours({ stopped: [hit(0), hit(4), hit(30)] }, now + 24 * HOUR), 24 + 20)
})

test('a later time never stands before an earlier one on the axis, and the ends are its ends', () => {
  const times = fc.tuple(
    fc.integer({ min: 0, max: 4000 }),
    fc.integer({ min: 0, max: 4000 }),
    fc.integer({ min: 1, max: 4000 }),
  )
  fc.assert(
    fc.property(times, ([a, b, end]) => {
      const at = (hours: number) => position(now + hours * HOUR, now, now + end * HOUR)
      assert.ok(at(a) >= 0 && at(a) <= 100)
      if (a <= b) assert.ok(at(a) <= at(b))
      assert.equal(at(0), 0)
      assert.equal(at(end), 100)
      const places = marks(now, now + end * HOUR).map(({ at: place }) => place)
      for (const [i, place] of places.entries()) assert.ok(i === 0 || place - places[i - 1]! >= 17)
    }),
    { numRuns: 300 },
  )
})

test('a service is drawn where it stops and where it passes its limits', () => {
  const row = { name: 'A <service>', stops: now, rto: now + 4 * HOUR, mtpd: now + 24 * HOUR }
  const svg = String(breachAxis([row], now))
  assert.match(svg, /A &lt;service&gt;/)
  const place = (2 + 0.96 * position(row.rto, now, row.mtpd)).toFixed(2)
  assert.ok(svg.includes(`<svg x="${place}%"`), place)
  assert.ok(svg.includes('<svg x="98.00%"'))
})

test('a choice is the same text in whatever order it was ticked, and comes back from it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...ids, 'kind:site'), { maxLength: 6 }), (choice) => {
      const text = textOf(choice)
      assert.equal(textOf([...choice].reverse()), text)
      assert.deepEqual(chosen(choiceOf(text), components), chosen(choice, components))
      const ways = waysToCompare(choice, [text, EVERYTHING])
      assert.equal(new Set(ways).size, ways.length)
      assert.deepEqual(ways.slice(-2), [EVERYTHING, ''])
    }),
    { numRuns },
  )
})

test('the what-if answers while a hand is still on the box', async () => {
  const ask = () =>
    visited({ models, now, ...rest }, `/incidents/${INCIDENT}/isolate/preview`, {
      query: 'take=*&option=remote-access&option=data-centre',
    })
  await ask()
  const began = performance.now()
  for (let i = 0; i < 5; i++) await ask()
  assert.ok((performance.now() - began) / 5 < 200)
})

test('the headline is about what is ticked, also where everything is', async () => {
  const query = 'take=*&option=remote-access'
  const page = await visited({ models, now, ...rest }, `/incidents/${INCIDENT}/isolate/preview`, { query })
  assert.match(page, /<p class="hf-lead">Isolate everything: /)
})

test('a way that was added to the comparison can be taken out again, and the others stay', async () => {
  const at = (query: string) => visited({ models, now, ...rest }, `/incidents/${INCIDENT}/isolate`, { query })
  const added = await at('option=remote-access&option=data-centre')
  assert.match(added, /name="drop" value="remote-access"/)
  const dropped = await at('option=remote-access&option=data-centre&drop=remote-access')
  assert.doesNotMatch(
    dropped,
    /value="remote-access" *>|name="option" value="remote-access"|drop" value="remote-access"/,
  )
  assert.match(dropped, /name="option" value="data-centre"/)
})

test('a long log of decisions is shown a page at a time, the latest first', async () => {
  const decided = Array.from({ length: 60 }, (_, number): [string, object] => [
    'incident.decision-recorded',
    { incident: INCIDENT, decision: `D${number}`, title: `Number ${number}.`, chosen: 'Wait', rationale: 'Invented' },
  ])
  const long = madeWorld([
    ...estateTold(),
    ['incident.declared', { incident: INCIDENT, title: 'Invented', summary: 'Invented' }],
    ...decided,
  ] as Parameters<typeof madeWorld>[0])
  const headings = (page: string) => [...page.matchAll(/Number (\d+)\./g)].map(([, number]) => Number(number))
  const pages = await Promise.all([1, 2, 3].map((page) => visited(long, '/decisions', { query: `page=${page}` })))
  assert.match(pages[0]!, /60 decisions/)
  assert.deepEqual(
    pages.flatMap(headings),
    Array.from({ length: 60 }, (_, number) => 59 - number),
  )
  assert.deepEqual(headings(await visited(long, '/decisions', { query: 'page=99' })), headings(pages[2]!))
})

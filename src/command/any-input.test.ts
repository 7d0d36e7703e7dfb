import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '#kernel'
import { fromSchema } from '#test/from-schema'
import { openHouse } from '#test/house'
import { check } from './index.ts'

test('any input that fits its schema is done or refused, never an accident, and every fact can be read afterwards', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  await house.give('north', 'estate.start-from-template', { template: 'small-council' })
  const { components, services } = await house.read('north', 'estate')
  const { incident } = await house.give('north', 'incident.declare', { title: 't', summary: 's' })
  const ids = [...components.slice(0, 4), ...services.slice(0, 2)].map(({ id }: { id: string }) => id)
  const known = [incident, incident, incident, incident, ...ids, ...ids, 'south/network', 'nowhere', '__proto__', '😀']
  // An incident that is stood down takes nothing more: that comes at the end.
  const given = [...house.commands.values()].filter(
    ({ name }) => name !== 'incident.stand-down' && (name.startsWith('incident.') || name.includes('confirm')),
  )
  const some = fc.oneof(...given.map(({ name, input }) => fc.tuple(fc.constant(name), fromSchema(input, known))))
  const done = new Set<string>()
  await fc.assert(
    fc.asyncProperty(some, async ([name, input]) => {
      const malformed = check(house.commands.get(name)!.input, input)
      if (malformed) assert.match(malformed.errors![0]!.detail, /blank|characters/, JSON.stringify(malformed))
      const outcome = await house.ask('north', name, input)
      if (isRefusal(outcome)) assert.ok(outcome.detail.length > 10 && outcome.title.length > 5)
      else if (outcome.entries.length > 0) done.add(name)
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 500) },
  )
  t.diagnostic(`done at least once: ${[...done].join(', ')}`)
  assert.ok(done.size > given.length / 2)
  for (const name of ['situation', 'impact', 'timeline', 'decisions', 'estate'])
    for (const input of name === 'estate'
      ? [{}]
      : [{}, { at: '2025-11-25T08:00:00Z' }, { knownAt: '2025-11-25T08:00:00Z' }]) {
      const answer = await house.read('north', name, input)
      assert.equal(isRefusal(answer), false)
      assert.doesNotThrow(() => JSON.stringify(answer))
    }
  await house.give('north', 'incident.stand-down', { incident, reason: 'over' })
  const other = await house.beside()
  const [theirs, ours] = await Promise.all([other, house].map((one) => one.read('north', 'situation')))
  const plain = (answer: unknown) => JSON.parse(JSON.stringify(answer))
  assert.deepEqual(plain(theirs), plain(ours))
})

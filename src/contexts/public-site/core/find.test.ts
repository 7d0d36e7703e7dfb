import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ASKED_FOR } from './asked-for.ts'
import { find } from './find.ts'

const service = (slug: string, name: string, lgsl = 0) => ({
  slug,
  service: name,
  level: 'normal' as const,
  words: ASKED_FOR[lgsl] ?? '',
})
const SERVICES = [
  service('waste', 'Household waste collection', 524),
  service('fly', 'Flytipping', 587),
  service('tax', 'Pay council tax', 57),
  service('account', 'Council tax account enquiries', 58),
  service('school', 'Primary school places', 13),
]
const found = (query: string) => find(SERVICES, query).map(({ slug }) => slug)

test('people find a service by its name, by its beginning, and by words that it does not call itself', () => {
  assert.deepEqual(found('bins'), ['waste'])
  assert.deepEqual(found('When is my bin collected?'), ['waste'])
  assert.deepEqual(found('RUBBISH'), ['waste', 'fly'])
  assert.deepEqual(found('schoo'), ['school'])
  assert.deepEqual(found('council tax bill'), ['tax', 'account'])
  assert.deepEqual(found('parking'), [])
  assert.deepEqual(found('the'), [])
})

test('whatever somebody types is answered, with services that are there, each once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
      const slugs = found(query)
      assert.equal(new Set(slugs).size, slugs.length)
      assert.ok(slugs.every((slug) => SERVICES.some((one) => one.slug === slug)))
    }),
  )
})

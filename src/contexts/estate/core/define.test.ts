import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '#kernel'
import { type ComponentInput, defineComponent, defineService, retire, type ServiceInput } from './define.ts'
import type { EstateEvent } from './events.ts'
import { type EstateState, estateDecider } from './state.ts'

const ORGANISATION = 'here'

function given(...ids: readonly string[]): EstateState {
  const events = ids.map(
    (id): EstateEvent => ({
      type: 'estate.component-defined',
      v: 1,
      data: { component: { id: `here/${id}`, name: id, kind: 'network', needs: [], assumed: true } },
    }),
  )
  return events.reduce(estateDecider.evolve, estateDecider.initial())
}

function around(state: EstateState) {
  const here = new Set([...state.components.keys(), ...state.services.keys()])
  return {
    organisation: ORGANISATION,
    known: new Map([
      ['here', here],
      ['there', new Set(['there/platform'])],
      ['new', new Set<string>()],
    ]),
  }
}

const component = (state: EstateState, input: Partial<ComponentInput>) =>
  defineComponent(state, { id: 'tax', name: 'Tax', kind: 'application', ...input }, around(state))
const service = (state: EstateState, input: Partial<ServiceInput>) =>
  defineService(state, { id: 'pay', name: 'Pay', ...input }, around(state))

function errorsOf(decided: ReturnType<typeof component>): string[] {
  assert.ok(isRefusal(decided), 'it is refused')
  return (decided.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`)
}

test('a component is recorded whole, with the needs of its neighbours in full', () => {
  const needs = [
    { anyOf: ['network'] },
    { anyOf: ['there/platform', 'network'], atLeast: 2, strength: 'uses' as const, buffer: 'PT8H' },
  ]
  assert.deepEqual(component(given('network'), { owner: ' IT ', needs }), [
    {
      type: 'estate.component-defined',
      v: 1,
      data: {
        component: {
          id: 'here/tax',
          name: 'Tax',
          kind: 'application',
          owner: 'IT',
          needs: [
            { anyOf: ['here/network'], atLeast: 1, strength: 'requires' },
            { anyOf: ['there/platform', 'here/network'], atLeast: 2, strength: 'uses', buffer: 'PT8H' },
          ],
        },
      },
    },
  ])
})

test('an unknown target is refused with the nearest name; a neighbour that has no estate yet is not', () => {
  const state = given('corporate-network')
  assert.deepEqual(errorsOf(component(state, { needs: [{ anyOf: ['corporate-netwrok'] }] })), [
    '/needs/0/anyOf/0 corporate-netwrok is not in the estate of here: did you mean corporate-network?',
  ])
  assert.deepEqual(errorsOf(component(state, { needs: [{ anyOf: ['there/platfrom'] }] })), [
    '/needs/0/anyOf/0 there/platfrom is not in the estate of there: did you mean platform?',
  ])
  for (const later of ['new/thing', 'nobody/thing'])
    assert.equal(isRefusal(component(state, { needs: [{ anyOf: [later] }] })), false)
})

test('every mistake is named at its place', () => {
  const needs = [{ anyOf: ['tax', 'a b', 'network', 'network'], atLeast: 5 }]
  assert.deepEqual(
    errorsOf(component(given('network'), { id: 'tax', needs })).map((error) => error.split(' ')[0]),
    ['/needs/0/anyOf/0', '/needs/0/anyOf/1', '/needs/0/anyOf/3', '/needs/0/atLeast'],
  )
  assert.match(errorsOf(component(given(), { id: 'Tax System' }))[0]!, /^\/id cannot be used/)
  assert.match(errorsOf(service(given(), { rto: 'P2D', mtpd: 'P1D' }))[0]!, /^\/rto is longer/)
})

test('nobody takes an id that is in use, or turns a component into a service', () => {
  const state = given('tax', 'pay')
  assert.match(errorsOf(component(state, { isNew: true }))[0]!, /^\/id is taken by tax$/)
  assert.match(errorsOf(service(state, {}))[0]!, /^\/id is taken by the component pay$/)
})

test('what is recorded already is not recorded again; what was assumed is, for now somebody knows', () => {
  const state = given('network')
  const network = { id: 'network', name: 'network', kind: 'network' as const }
  const first = component(state, network)
  assert.equal((first as EstateEvent[]).length, 1, 'it was an assumption')
  const known = (first as EstateEvent[]).reduce(estateDecider.evolve, state)
  assert.equal(known.components.get('here/network')!.assumed, undefined)
  assert.deepEqual(component(known, network), [])
})

test('what others need cannot be taken out before they have changed', () => {
  const state = given('network', 'alone')
  const using = component(state, { needs: [{ anyOf: ['network', 'alone'] }] }) as EstateEvent[]
  const after = using.reduce(estateDecider.evolve, state)
  const refused = retire(after, 'network', ORGANISATION)
  assert.ok(isRefusal(refused))
  assert.equal(refused.refused, 'still-needed')
  assert.match(refused.detail, /Tax/)
  assert.deepEqual(retire(after, 'tax', ORGANISATION), [
    { type: 'estate.component-retired', v: 1, data: { id: 'here/tax' } },
  ])
  const unknown = retire(after, 'netwrok', ORGANISATION)
  assert.ok(isRefusal(unknown) && /Did you mean here\/network/.test(unknown.detail))
})

test('whatever is typed, what is accepted needs only what is there, and never itself', () => {
  const word = fc.oneof(
    fc.constantFrom('a', 'b', 'tax', 'here/a', 'there/platform', 'there/x', ''),
    fc.string({ maxLength: 12 }),
  )
  const need = fc.record({
    anyOf: fc.array(word, { minLength: 1, maxLength: 3 }),
    atLeast: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(fc.array(need, { maxLength: 3 }), (needs) => {
      const state = given('a', 'b')
      const decided = component(state, { needs })
      if (isRefusal(decided)) return
      const { known } = around(state)
      for (const event of decided as EstateEvent[]) {
        if (event.type !== 'estate.component-defined') continue
        for (const { anyOf, atLeast } of event.data.component.needs) {
          assert.ok(atLeast <= anyOf.length && new Set(anyOf).size === anyOf.length)
          for (const id of anyOf) {
            const there = known.get(id.split('/')[0]!)
            assert.ok(id !== 'here/tax' && (there === undefined || there.size === 0 || there.has(id)))
          }
        }
      }
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) },
  )
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { ESTATE_EVENTS, type EstateEvent } from './events.ts'
import { estateDecider } from './state.ts'

/** Every shape of every event that was ever released. Shapes may be added here; none may be changed or taken away. */
const released = JSON.parse(
  readFileSync(new URL('released-events.json', import.meta.url), 'utf8'),
) as readonly EstateEvent[]

test('each event type is among the released ones, with every version that is written today', () => {
  const kept = new Set(released.map(({ type, v }) => `${type} v${v}`))
  for (const { type, v } of ESTATE_EVENTS) assert.ok(kept.has(`${type} v${v}`), `${type} v${v}`)
})

test('what was released still folds to the same state', () => {
  const state = released.reduce(estateDecider.evolve, estateDecider.initial())
  assert.deepEqual(state, {
    organisation: {
      slug: 'westminster',
      name: 'Invented council',
      kind: 'council',
      gss: 'E09000033',
      world: 'live',
      languages: ['en-GB'],
    },
    components: new Map([
      [
        'westminster/corporate-network',
        {
          id: 'westminster/corporate-network',
          name: 'Corporate network',
          kind: 'network',
          owner: 'Digital',
          needs: [],
        },
      ],
      [
        'westminster/identity',
        {
          id: 'westminster/identity',
          name: 'Sign-in',
          kind: 'identity',
          needs: [{ anyOf: ['rbkc/shared-directory'], atLeast: 1, strength: 'requires', buffer: 'PT8H' }],
        },
      ],
    ]),
    services: new Map([
      [
        'westminster/pay-council-tax',
        {
          id: 'westminster/pay-council-tax',
          name: 'Pay council tax',
          lgsl: 57,
          owner: 'Revenues',
          statutory: true,
          rto: 'P1D',
          mtpd: 'P5D',
          needs: [{ anyOf: ['westminster/corporate-network', 'westminster/identity'], atLeast: 1, strength: 'uses' }],
        },
      ],
    ]),
    revision: released.length,
  })
})

test('the fold copes with these events in any order, and its revision grows with each', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...released), { maxLength: 40 }), (events) => {
      const state = events.reduce(estateDecider.evolve, estateDecider.initial())
      assert.equal(state.revision, events.length)
    }),
  )
})

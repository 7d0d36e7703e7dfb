import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSealing, deriveKey } from './index.ts'

const secret = Buffer.alloc(32, 7)

test('what was sealed opens with the same key and subject, and the same words never look the same twice', () => {
  const sealing = createSealing(deriveKey(secret, 'test'))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, about) => {
      const sealed = sealing.seal(plain, about)
      assert.equal(sealing.open(sealed, about), plain)
      assert.equal(createSealing(deriveKey(secret, 'test')).open(sealed, about), plain)
      assert.notDeepEqual(sealing.seal(plain, about), sealed)
    }),
  )
  const nonces = Array.from({ length: 1000 }, () => sealing.seal('', '').toString('hex', 0, 12))
  assert.equal(new Set(nonces).size, nonces.length)
})

test('it does not open with another key, about something else, cut short or with one bit changed', () => {
  const sealing = createSealing(deriveKey(secret, 'test'))
  const sealed = sealing.seal('someone@example.org', 'row 1')
  assert.equal(sealing.open(sealed, 'row 2'), null)
  assert.equal(createSealing(deriveKey(secret, 'another use')).open(sealed, 'row 1'), null)
  assert.equal(createSealing(deriveKey(Buffer.alloc(32, 8), 'test')).open(sealed, 'row 1'), null)
  for (let length = 0; length < sealed.length; length++)
    assert.equal(sealing.open(sealed.subarray(0, length), 'row 1'), null)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    assert.equal(sealing.open(changed, 'row 1'), null)
  }
})

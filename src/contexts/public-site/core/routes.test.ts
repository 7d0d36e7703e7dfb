import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hrefOf } from './routes.ts'

test('an address becomes a link only where it is one', () => {
  assert.equal(hrefOf('phone', '020 7946 0123'), 'tel:02079460123')
  assert.equal(hrefOf('text', '+44 7700 900 123'), 'sms:+447700900123')
  assert.equal(hrefOf('email', 'emergencies@westminster.example'), 'mailto:emergencies@westminster.example')
  assert.equal(hrefOf('web', 'www.westminster.example/report'), 'https://www.westminster.example/report')
  assert.equal(hrefOf('web', 'https://westminster.example/?a=b'), 'https://westminster.example/?a=b')
})

test('what could do more than dial, write or open a page goes nowhere', () => {
  for (const [kind, address] of [
    ['web', 'javascript:alert(1)'],
    ['web', 'data:text/html,x'],
    ['web', 'not an address'],
    ['email', 'a@b.example?cc=everybody@x.example'],
    ['email', 'a@b.example,c@d.example'],
    ['phone', '*#06#'],
    ['phone', 'ask for Jo'],
    ['in-person', 'https://town-hall.example'],
    ['post', '1 High Street'],
  ] as const)
    assert.equal(hrefOf(kind, address), null, address)
})

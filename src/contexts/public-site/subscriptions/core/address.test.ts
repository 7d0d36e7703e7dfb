import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wordsIn } from '../../core/catalogue/index.ts'
import { CHANNELS, parseAddress, parseEmail, parsePhone, parsePush, sameAddress } from './address.ts'
import { masked, sayWrong } from './say-address.ts'

const address = (parsed: ReturnType<typeof parseEmail>) => ('address' in parsed ? parsed.address : null)

test('an e-mail address is taken as mail servers take it, its domain in one spelling', () => {
  assert.equal(address(parseEmail(' Jo.Example+bins@EXAMPLE.org ')), 'Jo.Example+bins@example.org')
  assert.equal(address(parseEmail("o'neill@mail.example.co.uk")), "o'neill@mail.example.co.uk")
  assert.equal(address(parseEmail('jo@bücher.example')), 'jo@xn--bcher-kva.example')
  for (const wrong of [
    '',
    'jo',
    'jo@',
    '@example.org',
    'jo@example',
    'jo@@example.org',
    'jo@ex ample.org',
    '.jo@example.org',
    'jo..x@example.org',
    'jo@example.org\r\nBcc: all@example.org',
    'jo@[127.0.0.1]',
    'jo@127.0.0.1',
    'jo@example.org:25',
    'jo@user@example.org/x',
    '"jo x"@example.org',
    'Jo <jo@example.org>',
    `${'x'.repeat(65)}@example.org`,
    `jo@${'x'.repeat(64)}.org`,
  ])
    assert.equal(address(parseEmail(wrong)), null, wrong)
})

test('a British number and its international spellings are one number', () => {
  for (const spelt of [
    '07700 900123',
    '07700-900-123',
    '(07700) 900123',
    '+44 7700 900123',
    '+44 (0)7700 900123',
    '0044 7700 900123',
    '07700\u2011900\u2011123',
  ])
    assert.equal(address(parsePhone(spelt)), '+447700900123', spelt)
  assert.equal(address(parsePhone('+353 85 012 3456')), '+353850123456')
  for (const wrong of [
    '',
    '020 7946 0000',
    '0770090012',
    '077009001234',
    '+4420 7946 0000',
    '0700 123 4567',
    '999',
    'abc',
    '+44',
    '+1',
  ])
    assert.equal(address(parsePhone(wrong)), null, wrong)
})

const KEYS = { p256dh: `B${'a'.repeat(86)}`, auth: 'b'.repeat(22) }
const push = (endpoint: unknown, keys: unknown = KEYS) =>
  parsePush(JSON.stringify({ endpoint, keys, expirationTime: null }))

test('a browser is written to only through the push services of browsers', () => {
  const endpoint = 'https://fcm.googleapis.com/fcm/send/invented'
  assert.equal(address(push(endpoint)), JSON.stringify({ endpoint, keys: KEYS }))
  assert.ok(address(push('https://updates.push.services.mozilla.com/wpush/v2/invented')))
  for (const wrong of [
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://me:you@fcm.googleapis.com/x',
    'https://fcm.googleapis.com.example.org/x',
    'https://evilfcm.googleapis.com.invalid/x',
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    7,
    null,
  ])
    assert.equal(address(push(wrong)), null, String(wrong))
  for (const keys of [null, {}, { p256dh: 'x', auth: KEYS.auth }, { p256dh: KEYS.p256dh, auth: [] }])
    assert.equal(address(push(endpoint, keys)), null)
})

test('whatever is typed is an address in its one form, which stays as it is, or is refused with words', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.stringMatching(/^[+0-9 ().-]{0,20}$/),
    fc.json(),
  )
  fc.assert(
    fc.property(typed, fc.constantFrom(...CHANNELS), (text, channel) => {
      const parsed = parseAddress(channel, text)
      if ('wrong' in parsed) return assert.match(sayWrong(parsed.wrong), /^(is|must) /)
      assert.deepEqual(parseAddress(channel, parsed.address), parsed)
      assert.doesNotMatch(parsed.address, /[\p{Cc}\s]/u)
      assert.ok(sameAddress(channel, parsed.address).length > 0)
      const hidden = masked(channel, parsed.address, wordsIn('en-GB'))
      if (channel === 'email') assert.ok(!hidden.includes(parsed.address))
    }),
    { numRuns: 2000 },
  )
})

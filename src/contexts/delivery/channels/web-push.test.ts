import assert from 'node:assert/strict'
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { test } from 'node:test'
import { type Asked, type Given, startReceiver } from '#test/receiver'
import { isAnswer, type Outgoing } from './channel.ts'
import type { Guard } from './guarded-request.ts'
import { vapidKeys } from './vapid.ts'
import { webPushCarrier } from './web-push.ts'

const secret = Buffer.alloc(32, 7)
const keys = vapidKeys(secret)
const browser = createECDH('prime256v1')
browser.generateKeys()
const auth = randomBytes(16)
const subscription = (endpoint: string) =>
  JSON.stringify({ endpoint, keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') } })
const outgoing = (endpoint: string, more: Partial<Outgoing> = {}): Outgoing => ({
  reference: '0190d3c0-0000-7000-8000-000000000001',
  organisation: 'borchester',
  message: 'm/1',
  address: subscription(endpoint),
  words: { subject: 'Bins', text: 'Invented words', link: 'https://example.org/1' },
  ...more,
})

async function push(one: Outgoing, guard: Guard = { loopback: true }) {
  const ready = await webPushCarrier({ keys, contact: 'mailto:web@example.org', perSecond: 10, guard }).prepare(one)
  return isAnswer(ready) ? ready : ready.handOver()
}

/** RFC 8188 and 8291, as the browser does it. */
function decrypted(body: Buffer): string {
  const salt = body.subarray(0, 16)
  const theirs = body.subarray(21, 21 + body[20]!)
  const cipher = body.subarray(21 + body[20]!)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs])
  const key = Buffer.from(hkdfSync('sha256', browser.computeSecret(theirs), auth, info, 32))
  const content = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', key, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', content, nonce)
  decipher.setAuthTag(cipher.subarray(-16))
  const plain = Buffer.concat([decipher.update(cipher.subarray(0, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

/** RFC 8292: signed by the key that the browser subscribed with, for this push service alone. */
function vouched({ headers }: Asked, origin: string): boolean {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const [head, claims, signature] = token!.split('.')
  const point = Buffer.from(key!, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature!, 'base64url'),
  )
  const { aud, sub } = JSON.parse(Buffer.from(claims!, 'base64url').toString())
  return signed && key === keys.publicKey && aud === origin && sub === 'mailto:web@example.org'
}

test('a notification arrives encrypted for the browser, vouched for, with its life and its topic', async (t) => {
  const asked: Asked[] = []
  const { url } = await startReceiver(t, (one) => {
    asked.push(one)
    return { status: 201 }
  })
  assert.deepEqual(await push(outgoing(`${url}/push/1`)), { kind: 'accepted', answer: 'push-201' })
  await push(outgoing(`${url}/push/1`))
  await push(outgoing(`${url}/push/1`, { message: 'm/2' }))
  const [first, again, other] = asked as [Asked, Asked, Asked]
  const said = JSON.parse(decrypted(first.body))
  assert.deepEqual(said, {
    title: 'Bins',
    body: 'Invented words',
    tag: first.headers.topic,
    link: 'https://example.org/1',
  })
  assert.ok(vouched(first, url))
  assert.equal(first.headers.ttl, '86400')
  assert.match(String(first.headers.topic), /^[\w-]{32}$/)
  assert.equal(again.headers.topic, first.headers.topic, 'a second one takes the place of the first')
  assert.notEqual(other.headers.topic, first.headers.topic)
  assert.deepEqual(vapidKeys(secret), keys, 'the same in every process')
})

test('what a push service answers is understood', async (t) => {
  let given: Given | null = null
  const { url } = await startReceiver(t, () => given)
  const cases: [Given | null, object][] = [
    [{ status: 410 }, { kind: 'refused', failure: 'permanent', answer: 'push-410' }],
    [{ status: 404 }, { kind: 'refused', failure: 'permanent', answer: 'push-404' }],
    [{ status: 403 }, { kind: 'refused', failure: 'temporary', answer: 'push-403' }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { kind: 'refused', failure: 'temporary', answer: 'push-302' },
    ],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'temporary', answer: 'push-429', retryAfter: 120_000 },
    ],
    [{ status: 503 }, { kind: 'temporary', answer: 'push-503', retryAfter: null }],
    [null, { kind: 'temporary', answer: 'push-ECONNRESET' }],
  ]
  for (const [answer, expected] of cases) {
    given = answer
    assert.deepEqual(await push(outgoing(`${url}/push/1`)), expected)
  }
})

test('more than 4,096 bytes are not sent, nor anything that is no subscription', async () => {
  const long = { subject: 'Bins', text: 'x'.repeat(4200) }
  const answer = await push(outgoing('https://push.example.org/1', { words: long }))
  assert.deepEqual(answer, { kind: 'refused', failure: 'temporary', answer: 'too-long' })
  for (const address of [
    '',
    'null',
    '7',
    '{}',
    '{"endpoint":"https://push.example.org/1"}',
    subscription('https://push.example.org/1').replace(/"p256dh":"[^"]*"/, '"p256dh":"AAAA"'),
  ])
    assert.deepEqual(
      await push(outgoing('', { address })),
      { kind: 'refused', failure: 'permanent', answer: 'address-malformed' },
      address,
    )
})

test('no address of this machine or of a private network is ever called, by number, by name, or by a name that changes', async (t) => {
  let called = 0
  const { port } = await startReceiver(t, () => {
    called += 1
    return { status: 201 }
  })
  const refused = { kind: 'refused', failure: 'permanent', answer: 'push-address' }
  for (const endpoint of [
    `http://push.example.org/1`,
    `https://127.0.0.1:${port}/1`,
    'https://127.0.0.1/1',
    'https://2130706433/1',
    'https://0x7f.1/1',
    'https://[::1]/1',
    'https://[::ffff:10.0.0.1]/1',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/1',
    'https://user:password@push.example.org/1',
    'https://push.example.org:8443/1',
    'file:///etc/passwd',
    'ftp://push.example.org/1',
  ])
    assert.deepEqual(await push(outgoing(endpoint), {}), refused, endpoint)
  const resolving = (addresses: string[]) =>
    ((_host: string, _options: object, done: (error: null, found: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as never
  for (const addresses of [['127.0.0.1'], ['192.168.0.7'], ['8.8.8.8', '10.0.0.1'], []])
    assert.deepEqual(await push(outgoing('https://push.example.org/1'), { lookup: resolving(addresses) }), refused)
  assert.equal(called, 0)
})

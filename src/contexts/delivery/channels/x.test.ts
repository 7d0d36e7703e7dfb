import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { type Asked, startReceiver } from '#test/receiver'
import { isAnswer, type Outgoing } from './channel.ts'
import { authorisation, xCarrier } from './x.ts'

const KEYS = ['invented-key', 'invented secret & more', 'invented-token', 'invented/token+secret'] as const
const outgoing: Outgoing = {
  reference: '0190d3c0-0000-7000-8000-000000000001',
  organisation: 'borchester',
  message: 'm/1',
  address: '',
  words: { subject: 'Bins', text: 'Invented words, on time!', link: 'https://example.org/s/1' },
}

async function post(url: string) {
  const ready = await xCarrier({ url, keys: KEYS }).prepare(outgoing)
  assert.ok(!isAnswer(ready))
  return ready.handOver()
}

/** As RFC 5849 says it, over the fields that the header itself names. */
function signed(url: string, header: string): boolean {
  const all = [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)])
  const strict = (text: string) =>
    [...Buffer.from(text)]
      .map((byte) =>
        /[\w.~-]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`,
      )
      .join('')
  const rest = all
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => `${strict(name!)}=${strict(value!)}`)
  const base = `POST&${strict(url)}&${strict(rest.sort().join('&'))}`
  const mac = createHmac('sha1', `${strict(KEYS[1])}&${strict(KEYS[3])}`)
    .update(base)
    .digest('base64')
  return all.find(([name]) => name === 'oauth_signature')?.[1] === mac
}

test('a post is signed as OAuth 1.0a asks, and holds the words and the link', async (t) => {
  const asked: Asked[] = []
  const { url } = await startReceiver(t, (one) => {
    asked.push(one)
    return { status: 201, body: { data: { id: '1' } } }
  })
  assert.deepEqual(await post(url), { kind: 'accepted', answer: 'x-201', providerId: '1' })
  assert.equal(asked[0]!.path, '/2/tweets')
  assert.deepEqual(JSON.parse(asked[0]!.body.toString()), {
    text: 'Invented words, on time!\n\nhttps://example.org/s/1',
  })
  assert.ok(signed(`${url}/2/tweets`, asked[0]!.headers.authorization!))
  assert.notEqual(authorisation('POST', url, KEYS), authorisation('POST', url, KEYS), 'a nonce each')
})

test('what X answers is understood, and what it does not answer is unknown', async (t) => {
  let answer: { status: number; headers?: Record<string, string> } | null = {
    status: 429,
    headers: { 'retry-after': '60' },
  }
  const { url } = await startReceiver(t, () => answer && { ...answer, body: { title: 'invented' } })
  assert.deepEqual(await post(url), { kind: 'closed', answer: 'x-429', pause: 60_000 })
  answer = { status: 403 }
  assert.deepEqual(await post(url), { kind: 'refused', answer: 'x-403', failure: 'temporary' })
  answer = null
  assert.deepEqual(await post(url), { kind: 'lost', answer: 'x-no-answer' })
})

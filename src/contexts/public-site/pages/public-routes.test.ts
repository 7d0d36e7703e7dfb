import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Execute } from '#command'
import type { RawAnswer, RawRequest, RawRoute } from '#platform/http'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { worldFacts } from '../projections/public-facts.ts'
import { type Document, encode } from '../publication/document.ts'
import { organisationDocuments } from '../publication/render.ts'
import { pressRoutes } from './press-enquiry.route.ts'
import { searchRoutes } from './search.route.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const URL_SEEN = 'https://status.example.org'
const GOOD = { outlet: 'Invented Gazette', contact: 'newsdesk@gazette.example', question: 'Why?\r\nSince when?' }

function published(world = 'live') {
  const made = handMadeWorld(NOW, world)
  made.found('westminster', 'Westminster City Council', inventedEstate('westminster', 3))
  const issue = { revision: 7, madeAt: NOW, confirmedUntil: NOW + 1_800_000, url: URL_SEEN }
  const documents = new Map<string, Document>()
  for (const one of organisationDocuments(worldFacts(made.models, world, NOW).organisations[0]!, issue))
    for (const path of one.paths) documents.set(path, encode(one, 7, 'now'))
  return { find: (path: string) => documents.get(path) ?? null }
}

async function ask(routes: readonly RawRoute[], path: string, more: Partial<RawRequest> = {}): Promise<RawAnswer> {
  const route = routes.find((one) => one.path === path)!
  const params = { organisation: 'westminster' }
  return route.handle({ params, query: {}, headers: {}, body: Buffer.alloc(0), address: '192.0.2.1', ...more })
}

async function press(refuses = false) {
  const given: Parameters<Execute>[0][] = []
  const routes = pressRoutes({
    publication: published(),
    publicUrl: URL_SEEN,
    async execute(instruction): ReturnType<Execute> {
      given.push(instruction)
      if (refuses) return { refused: 'starting', kind: 'unavailable', title: 'Starting', detail: 'Wait.' }
      return { entries: [1] }
    },
  })
  const send = (form: object, more: { headers?: Record<string, string>; address?: string } = {}) =>
    ask(routes, '/:organisation/press/enquiry', {
      body: Buffer.from(new URLSearchParams({ ...form }).toString()),
      address: more.address ?? '192.0.2.1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'status.example.org', ...more.headers },
    })
  return { given, routes, send }
}

test('a search is answered from what is published, whatever is typed, and nothing of it becomes markup', async () => {
  const routes = searchRoutes(published())
  const search = (q: string | string[]) => ask(routes, '/:organisation/search', { query: { q } })
  const found = await search('number 1')
  assert.match(String(found.body), /3 services found for “number 1”/)
  assert.match(String(found.body), /services\/service-1/)
  assert.deepEqual(found.styleHashes?.length, 1)
  for (const q of ['<script>alert(1)</script>', '"><b>', '{{ 7*7 }}', ['a', 'b'], 'x'.repeat(10_000), ''])
    assert.doesNotMatch(String((await search(q)).body), /<script|"><b>|[^\d]49[^\d]|x{101}/, String(q).slice(0, 20))
  const lost = await ask(routes, '/:organisation/search', { params: { organisation: '../nobody' } })
  assert.equal(lost.status, 404)
})

test('an exercise says EXERCISE also where it answers a search or a question', async () => {
  const publication = published('london-2025')
  const found = await ask(searchRoutes(publication), '/:organisation/search', { query: { q: 'number' } })
  assert.match(String(found.body), /<title>EXERCISE: [\s\S]*hf-exercise" aria/)
  const execute: Execute = async () => ({ entries: [1] })
  const routes = pressRoutes({ publication, publicUrl: URL_SEEN, execute })
  const received = await ask(routes, '/:organisation/press/received')
  assert.match(String(received.body), /<title>EXERCISE: [\s\S]*hf-exercise" aria/)
})

test('a question from the press is recorded once, by the page and nobody else, and the answer says what happens next', async () => {
  const { given, routes, send } = await press()
  const sent = await send(GOOD)
  assert.equal(sent.status, 303)
  assert.equal(sent.headers?.Location, '/westminster/press/received')
  assert.deepEqual(given, [
    {
      organisation: 'westminster',
      command: 'statements.receive-enquiry',
      input: { ...GOOD, question: 'Why?\nSince when?' },
      caller: { actor: { kind: 'system', name: 'press-page' }, roles: ['communications'] },
    },
  ])
  assert.match(
    String((await ask(routes, '/:organisation/press/received')).body),
    /A communications officer will answer/,
  )
})

test('what is missing or too long is named beside what was typed, and nothing is recorded', async () => {
  const { given, send } = await press()
  const answer = await send({ ...GOOD, contact: ' ', outlet: 'A & <b>', deadline: 'x'.repeat(201) })
  assert.equal(answer.status, 422)
  const text = String(answer.body)
  assert.match(text, /<a href="#contact">Enter how we can reach you<\/a>/)
  assert.match(text, /Use 200 characters or fewer/)
  assert.match(text, /value="A &amp; &lt;b&gt;"/)
  assert.match(text, /Why\?\nSince when\?<\/textarea>/)
  assert.deepEqual(given, [])
})

test('forms of other sites, programs that fill in all and bodies that are none are turned away', async () => {
  const { given, send } = await press()
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[])
    assert.equal((await send(GOOD, { headers })).status, 403, JSON.stringify(headers))
  assert.equal((await send(GOOD, { headers: { 'content-type': 'application/json' } })).status, 400)
  assert.equal((await send({ ...GOOD, website: 'https://spam.example' })).status, 303)
  assert.deepEqual(given, [])
  assert.equal((await send(GOOD, { headers: { origin: URL_SEEN, 'sec-fetch-site': 'same-origin' } })).status, 303)
})

test('a flood is slowed for each sender and for each organisation, and told to wait', async () => {
  const { given, send } = await press()
  const statuses: number[] = []
  for (let i = 0; i < 7; i++) statuses.push((await send(GOOD)).status)
  assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429, 429])
  for (let i = 0; i < 40; i++) await send(GOOD, { address: `192.0.2.${i + 2}` })
  assert.ok(given.length <= 22, String(given.length))
})

test('while nothing can be recorded, the sender is told to try again', async () => {
  const { send } = await press(true)
  const answer = await send(GOOD)
  assert.equal(answer.status, 503)
  assert.match(String(answer.body), /Try again later, or use another way/)
})

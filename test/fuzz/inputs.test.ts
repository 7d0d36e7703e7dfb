import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '#kernel'
import { fitting, seeded, spoilt } from '#test/hostile'
import { ownServer } from '#test/own-server'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 1500)
const SEED = Number(process.env.HOLDFAST_SEED ?? 1)
const MOST_MILLIS = process.env.HOLDFAST_RUNS ? Number.POSITIVE_INFINITY : 12_000

test('whatever is sent to a command or a query, by whatever role: no fault of ours, no partial change, no hang', async (t) => {
  const server = await ownServer(t, 6)
  const random = seeded(SEED)
  const { commands, queries } = server.application
  const declared = [...commands.values(), ...queries.values()]
  const { incident } = await server.order('ambridge', 'incident.declare', { title: 'Invented', summary: 'Invented' })
  const known = [
    String(incident),
    'network',
    'files',
    'bins',
    'ambridge/network',
    'borchester/network',
    'Invented',
    'ambridge',
  ]
  const outcomes = new Map<number, number>()
  const accepted = new Set<string>()
  const begun = Date.now()
  let slowest = 0
  for (let run = 0; run < RUNS && Date.now() - begun < MOST_MILLIS; run++) {
    const one = random.of(declared)
    const isCommand = commands.has(one.name)
    const role = random.next() < 0.7 ? 'admin' : random.of(ROLES)
    const organisation =
      random.next() < 0.93 ? 'ambridge' : random.of(['borchester', 'nowhere', 'constructor', '__proto__', '%2e%2e'])
    let input = fitting(one.input, random, known)
    if (random.next() < 0.6) input = spoilt(input, random)
    const method = isCommand || ('method' in one && one.method === 'POST') ? 'POST' : 'GET'
    const path = `/api/v1/${organisation}/${one.name}`
    const key = random.next() < 0.1 ? random.of(['x', ' ', 'y'.repeat(129), 'same', incident as string]) : undefined
    const token = random.of(server.tokens[role])
    const before = server.size()
    const asked = Date.now()
    const sent =
      method === 'POST'
        ? server.ask('POST', path, { token, body: JSON.stringify(input) ?? 'null', ...(key ? { key } : {}) })
        : server.ask('GET', path + queryOf(input), { token })
    const answer = await sent.catch((error: Error) => {
      throw new Error(`run ${run}: ${method} ${path} ${JSON.stringify(input)?.slice(0, 400)}`, { cause: error })
    })
    slowest = Math.max(slowest, Date.now() - asked)
    const about = `seed ${SEED}, run ${run}: ${method} ${path} ${JSON.stringify(input)?.slice(0, 400)} as ${role}: ${answer.status} ${answer.text.slice(0, 400)}`
    assert.ok(answer.status < 500, about)
    outcomes.set(answer.status, (outcomes.get(answer.status) ?? 0) + 1)
    const grown = server.size() - before
    if (answer.status === 200 && isCommand) {
      accepted.add(one.name)
      const numbers: number[] = answer.json().entries
      // A repeat of a key is answered with the entries of the first time.
      assert.ok(grown === numbers.length || (key !== undefined && grown === 0), `${grown} grown: ${about}`)
    } else {
      assert.equal(grown, 0, about)
      if (answer.status !== 200 && answer.status !== 431) {
        assert.equal(answer.headers['content-type'], 'application/problem+json', about)
        assert.equal(answer.json().status, answer.status, about)
      }
    }
  }
  for (const organisation of ['ambridge', 'borchester'])
    assert.deepEqual((await server.application.journal.verify(organisation)).findings, [])
  assert.equal(({} as Record<string, unknown>).in, undefined, 'no prototype was changed')
  assert.equal((await server.ask('GET', '/readyz')).status, 200)
  assert.ok(slowest < 15_000, `the slowest took ${slowest} ms`)
  t.diagnostic(
    `${JSON.stringify(Object.fromEntries(outcomes))}, slowest ${slowest} ms; accepted: ${[...accepted].join(' ')}`,
  )
})

function queryOf(input: unknown): string {
  if (typeof input !== 'object' || input === null)
    return `?${encodeURIComponent(String(input).slice(0, 2000).toWellFormed())}`
  const pairs = Object.entries(input).map(([name, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(text.slice(0, 3000).toWellFormed())}`
  })
  // Longer addresses end the connection: what is too large for a header is not read to its end.
  return pairs.length ? `?${pairs.join('&').slice(0, 8000)}` : ''
}

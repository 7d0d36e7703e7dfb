import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '#kernel'
import { fitting, type Known, seeded, spoilt } from '#test/hostile'
import { ownServer } from '#test/own-server'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 1500)
const SEED = Number(process.env.HOLDFAST_SEED ?? 1)
/** On a busy machine, until most commands have succeeded. */
const PATIENCE_MILLIS = 90_000
const MOST_MILLIS = process.env.HOLDFAST_RUNS ? Number.POSITIVE_INFINITY : 12_000

/** Components that are needed by nothing, so that some can be retired and enough are left. */
const SPARE = Array.from({ length: 8 }, (_, at) => `spare-${at}`)
const OFTEN = [
  ...['declare', 'isolate', 'restore', 'record-condition', 'take-role', 'record-decision', 'stand-down'].map(
    (verb) => `incident.${verb}`,
  ),
  ...['define-component', 'retire'].map((verb) => `estate.${verb}`),
]

/** What inputs can refer to; `learn` adds what an answer says was made. */
function whatIsThere(incident: string): Known & { learn(answer: Record<string, unknown>): void } {
  const named: Record<string, string[]> = { incident: [incident], statement: [], person: [], token: [], enquiry: [] }
  const components = ['network', 'files', ...SPARE]
  const services = ['bins']
  const ids = ['main-line', 'front-desk']
  return {
    any: [incident, ...components, ...services, 'ambridge/network', 'borchester/network', 'Invented', 'ambridge'],
    named: {
      ...named,
      ...{ component: components, components, id: components, node: SPARE, nodes: [...components, ...services] },
      ...{ service: services, services, route: ids, line: ids },
    },
    learn(answer) {
      for (const [name, list] of Object.entries(named)) {
        const made = answer[name]
        if (typeof made !== 'string') continue
        list.push(made)
        // Older ones may be over by now.
        if (list.length > 4) list.shift()
      }
    },
  }
}

test('whatever is sent to a command or a query, by whatever role: no fault of ours, no partial change, no hang', async (t) => {
  const server = await ownServer(t, 6)
  const random = seeded(SEED)
  const { commands, queries } = server.application
  const declared = [...commands.values(), ...queries.values()]
  const { incident } = await server.order('ambridge', 'incident.declare', { title: 'Invented', summary: 'Invented' })
  for (const id of SPARE) await server.order('ambridge', 'estate.define-component', { id, name: id, kind: 'platform' })
  const known = whatIsThere(String(incident))
  const outcomes = new Map<number, number>()
  const accepted = new Set<string>()
  const begun = Date.now()
  let slowest = 0
  const rare = () => {
    const left = [...commands.values()].filter(({ name }) => !accepted.has(name))
    return left.length > 0 ? left : declared
  }
  const often = declared.filter(({ name }) => OFTEN.includes(name))
  const enough = () => OFTEN.every((name) => accepted.has(name)) && accepted.size > commands.size / 2
  const goesOn = (run: number, millis: number) =>
    (run < RUNS && millis < MOST_MILLIS) || (!enough() && millis < PATIENCE_MILLIS)
  for (let run = 0; goesOn(run, Date.now() - begun); run++) {
    const lot = random.next()
    const one = random.of(lot < 0.2 ? often : lot < 0.4 ? rare() : declared)
    const isCommand = commands.has(one.name)
    const role = random.of(random.next() < 0.8 ? one.roles : ROLES)
    const organisation =
      random.next() < 0.93 ? 'ambridge' : random.of(['borchester', 'nowhere', 'constructor', '__proto__', '%2e%2e'])
    let input = fitting(one.input, random, known)
    if (random.next() < 0.5) input = spoilt(input, random)
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
      if (grown > 0) accepted.add(one.name)
      const numbers: number[] = answer.json().entries
      known.learn(answer.json())
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
  assert.deepEqual(
    OFTEN.filter((name) => !accepted.has(name)),
    [],
    'these succeed sometimes, or the inputs test nothing but refusals',
  )
  assert.ok(accepted.size > commands.size / 2, `only ${accepted.size} of ${commands.size} commands ever succeeded`)
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

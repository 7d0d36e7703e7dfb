import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'node:test'
import { seeded } from '#test/hostile'
import { ownServer } from '#test/own-server'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 250)
/** Against hangs alone: the longest stall on a quiet machine is a second or two. */
const STALL_MILLIS = 40_000

const row = (position: number) =>
  `  - { id: c${position}, name: Component ${position}, kind: platform, needs: [{ requires: network, buffer: PT4H }] }\n`
const many = (bytes: number) => {
  let text = 'components:\n  - { id: network, name: Network, kind: network }\n'
  for (let position = 0; text.length < bytes; position++) text += row(position)
  return text
}
/** As much of it as a body may hold once it is JSON. */
const within = (text: string) => {
  const size = JSON.stringify(text).length
  return size <= 1_000_000 ? text : text.slice(0, Math.floor((text.length * 1_000_000) / size))
}
const bomb = (levels: number) =>
  `a0: &a0 [x]\n${Array.from({ length: levels }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]\n`).join('')}components: *a${levels}\n`

const HOSTILE: readonly [string, string][] = [
  ['a billion laughs', bomb(9)],
  ['an anchor in itself', 'components: &c [*c]\n'],
  ['flow nested deep', `components: ${'['.repeat(100_000)}`],
  ['maps nested deep', `components: ${'{a: '.repeat(50_000)}`],
  ['dashes nested deep', `${'- '.repeat(100_000)}x`],
  ['indents nested deep', Array.from({ length: 1200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ['merge keys', 'base: &b { id: x }\ncomponents:\n  - { <<: *b, name: n, kind: network }\n'],
  [
    'prototype keys',
    'components:\n  - { id: x, name: n, kind: network, __proto__: { polluted: yes }, constructor: y }\n__proto__: { polluted: yes }\n',
  ],
  ['a tag of another language', 'components: !!js/function "function () { return 1 }"\n'],
  ['a binary tag', 'components: !!binary aGVsbG8=\n'],
  ['many documents', '---\n'.repeat(50_000)],
  ['one long line', `components: "${'x'.repeat(900_000)}"`],
  ['many keys', Array.from({ length: 80_000 }, (_, position) => `k${position}: 1\n`).join('')],
  ['many anchors', Array.from({ length: 50_000 }, (_, position) => `k${position}: &a${position} 1\n`).join('')],
  ['tabs', '\t'.repeat(500_000)],
  ['quotes', '"'.repeat(200_000)],
  ['colons', ': '.repeat(200_000)],
  ['question marks', '? '.repeat(100_000)],
  ['comments', '#\n'.repeat(300_000)],
  ['directives', '%YAML 1.2\n'.repeat(100_000)],
  ['block scalars', '- |\n  x\n'.repeat(50_000)],
  ['a wrong row, very often', `components:\n${'  - { id: A B, kind: nonsense, surprise: 1 }\n'.repeat(18_000)}`],
  ['one id, very often', `components:\n${'  - { id: same, name: n, kind: network }\n'.repeat(20_000)}`],
  [
    'unknown targets, very often',
    `components:\n${Array.from({ length: 10_000 }, (_, n) => `  - { id: c${n}, name: n, kind: network, needs: [{ requires: d${n} }] }\n`).join('')}`,
  ],
  [
    'a long chain',
    `components:\n${Array.from({ length: 10_000 }, (_, n) => `  - { id: c${n}, name: n, kind: network, needs: [{ requires: c${(n + 1) % 10_000} }] }\n`).join('')}`,
  ],
  ['a large estate', many(300_000)],
  ['a file near the limit', many(1_000_000)],
]

test('no estate file stops the server, changes a part, or is our fault', async (t) => {
  const server = await ownServer(t, 1)
  const [token] = server.tokens.admin
  const plan = (files: object[]) =>
    server.ask('POST', '/api/v1/ambridge/estate-plan', { token: token!, body: { files }, millis: 60_000 })
  const told: string[] = []
  for (const [name, hostile] of HOSTILE) {
    const text = within(hostile)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const before = server.size()
    const begun = Date.now()
    const answer = await plan([{ name: 'estate.yaml', text }])
    const took = Date.now() - begun
    delay.disable()
    assert.ok(answer.status < 500, `${name}: ${answer.status} ${answer.text.slice(0, 300)}`)
    assert.equal(server.size(), before, name)
    assert.ok(answer.status !== 413, `${name} is within the limit, or it would prove nothing`)
    const stall = Math.round(delay.max / 1e6)
    told.push(`${name} ${answer.status} ${took} ms, stall ${stall} ms`)
  }
  t.diagnostic(told.join('\n'))
  const slow = told.filter((line) => Number(/stall (\d+)/.exec(line)![1]) > STALL_MILLIS)
  assert.deepEqual(slow, [], 'nothing holds everybody else up for longer')
})

test('an estate file with any of its bytes changed is imported whole or not at all', async (t) => {
  const server = await ownServer(t, 1)
  const random = seeded(7)
  const [token] = server.tokens.admin
  const base = many(600)
  const odd = [
    '\u0000',
    '\ud800',
    '&a ',
    '*a',
    '!!',
    '|',
    '>',
    '"',
    "'",
    '{',
    '[',
    '\t',
    '\n',
    '---\n',
    '%',
    '#',
    '? ',
    '<<: ',
    '__proto__: ',
    '\u2028',
    '1e999',
    '~',
    ': ',
    '- ',
  ]
  for (let run = 0; run < RUNS; run++) {
    let text = base
    for (let change = 0; change <= random.upTo(3); change++) {
      const at = random.upTo(text.length)
      text = text.slice(0, at) + random.of(odd) + text.slice(at + random.upTo(4))
    }
    const before = server.size()
    const body = { files: [{ name: random.of(['estate.yaml', 'components.csv', 'x', '../../x.yaml']), text }] }
    const answer = await server.ask('POST', '/api/v1/ambridge/estate.import', { token: token!, body })
    const about = `run ${run}: ${answer.status} ${answer.text.slice(0, 300)}\n${JSON.stringify(text)}`
    assert.ok(answer.status < 500, about)
    assert.equal(server.size() - before, answer.status === 200 ? answer.json().entries.length : 0, about)
  }
  assert.deepEqual((await server.application.journal.verify('ambridge')).findings, [])
})

test('bytes that are not UTF-8, and bodies over the limit, are refused as such', async (t) => {
  const server = await ownServer(t, 1)
  const [token] = server.tokens.admin
  const post = (body: Buffer) =>
    server.ask('POST', '/api/v1/ambridge/estate-plan', {
      token: token!,
      body,
      headers: { 'content-type': 'application/json' },
    })
  const inside = (bytes: number[]) =>
    Buffer.concat([Buffer.from('{"files":[{"name":"e.yaml","text":"'), Buffer.from(bytes), Buffer.from('"}]}')])
  for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]])
    assert.equal((await post(inside(bytes))).status, 400)
  const over = await post(Buffer.alloc(1_048_577, 0x20)).then(
    (answer) => answer.status,
    (error: NodeJS.ErrnoException) => error.code,
  )
  assert.ok(over === 413 || over === 'EPIPE' || over === 'ECONNRESET', String(over))
  assert.equal((await server.ask('GET', '/healthz')).status, 200)
})

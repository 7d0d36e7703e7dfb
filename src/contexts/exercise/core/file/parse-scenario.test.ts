import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeScenarioMistake } from './mistakes.ts'
import { parseScenario } from './parse-scenario.ts'
import type { ReadText } from './references.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 400)
const none: ReadText = () => ({ problem: 'there is no such file' })

const HEAD = `exercise: storm
title: A storm
notice: EXERCISE - all of it is invented
starts: 2025-11-24T08:00:00Z
now: 2025-11-24T12:00:00Z
speed: 1
organisations: [easton, weston]
`
const STEPS = `steps:
  - at: 2025-11-24T08:00:00Z
    organisation: easton
    as: admin
    command: shop.open
    input: { name: Easton, map: { $file: storm/map.txt } }
    keep: { shop: /shop }
  - at: 2025-11-24T09:00:00Z
    organisation: weston
    as: tactical
    command: shop.close
    input: { shop: { $kept: shop } }
  - at: 2025-11-24T09:00:00Z
    expect:
      organisation: easton
      read: shops
      query: { at: 2025-11-24T09:00:00Z }
      that:
        - { pointer: /shops/0/name, is: Easton }
        - { pointer: /count, atLeast: 1 }
`

function mistakesOf(text: string, readText = none): string[] {
  const parsed = parseScenario('storm.yaml', text, readText)
  assert.ok('mistakes' in parsed)
  return parsed.mistakes.map(describeScenarioMistake)
}

test('a scenario becomes its steps in order, with the texts of its files in place', () => {
  const parsed = parseScenario('storm.yaml', HEAD + STEPS, (path) => ({ text: `text of ${path}` }))
  assert.ok('scenario' in parsed)
  const { scenario } = parsed
  assert.deepEqual(
    scenario.steps.map((step) => [step.number, step.line, step.kind, step.organisation]),
    [
      [1, 9, 'command', 'easton'],
      [2, 15, 'command', 'weston'],
      [3, 20, 'expect', 'easton'],
    ],
  )
  const first = scenario.steps[0]!
  assert.ok(first.kind === 'command')
  assert.deepEqual(first.input, { name: 'Easton', map: 'text of storm/map.txt' })
  assert.deepEqual(first.keep, [{ name: 'shop', pointer: '/shop' }])
})

test('all mistakes are named at once, each with its line, what was expected and what was probably meant', () => {
  const text = `${HEAD.replace('now: 2025-11-24T12:00:00Z', 'now: 2025-11-23').replace('speed: 1', 'sped: 1')}steps:
  - at: 2025-11-24T09:00:00Z
    organisation: eston
    as: tacticle
    command: shop open
    comand: shop.open
    input: { shop: { $kept: shop }, map: { $file: none.txt }, other: { $fiel: x } }
  - at: 2025-11-24T09:30:00Z
    expect:
      organisation: weston
      read: shops
      that:
        - { pointer: shops, is: 1 }
        - { pointer: /shops }
        - { pointer: /shops, is: 1, isNot: 2 }
        - { pointer: /shops, atLeast: many }
`
  assert.deepEqual(mistakesOf(text), [
    'storm.yaml:1:1: a scenario has no speed; expected speed:',
    'storm.yaml:5:6: here stands "2025-11-23"; expected a time with an offset, such as 2025-11-25T06:30:00Z',
    'storm.yaml:6:1: a scenario has no key "sped"; expected one of exercise, title, notice, starts, now, speed, organisations, steps; did you mean "speed"?',
    'storm.yaml:10:19: "eston" is no organisation of this scenario; expected one of easton, weston; did you mean "easton"?',
    'storm.yaml:11:9: "tacticle" is no role; expected one of viewer, responder, strategic, tactical, operational, communications, data-protection, contact-centre, admin; did you mean "tactical"?',
    'storm.yaml:12:14: here stands "shop open"; expected a command such as incident.declare',
    'storm.yaml:13:5: a step has no key "comand"; expected one of at, organisation, as, by, command, input, keep; did you mean "command"?',
    'storm.yaml:14:29: no step before this one keeps "shop"',
    'storm.yaml:14:51: the file "none.txt" cannot be used: there is no such file; expected a file beside the scenario',
    'storm.yaml:14:72: "$fiel" stands for nothing; expected one of $file, $kept; did you mean "$file"?',
    'storm.yaml:20:22: here stands "shops"; expected a JSON pointer such as /nodes/westminster~1report-it/level',
    'storm.yaml:21:11: this check expects nothing; expected one of is, isNot, contains, startsWith, atLeast, absent',
    'storm.yaml:22:11: this check has is and isNot; expected one of is, isNot, contains, startsWith, atLeast, absent',
    'storm.yaml:23:39: atLeast is given text; expected a number',
  ])
})

test('steps stand in the order of time, after the start', () => {
  const early = mistakesOf(HEAD + STEPS.replace('at: 2025-11-24T08:00', 'at: 2025-11-24T07:59'), () => ({ text: '' }))
  assert.match(early[0]!, /^storm.yaml:9:5: this step goes back in time, before the start; expected 2025-11-24T08:00/)
  const back = mistakesOf(HEAD + STEPS.replace('at: 2025-11-24T08:00', 'at: 2025-11-24T10:00'), () => ({ text: '' }))
  assert.match(back[0]!, /^storm.yaml:15:5: this step goes back in time, before the step in line 9; expected 2025/)
  assert.match(mistakesOf(HEAD.replace('now: 2025', 'now: 2024') + STEPS)[0]!, /:5:6: now lies before the start/)
})

test('no path leads out of the folder, and nothing outside is asked for', () => {
  for (const path of ['../secret', '/etc/passwd', 'a/../../b', 'a//b', '..', 'a\\..\\b', 'C:/x', '"\\0"', '""']) {
    const asked: string[] = []
    const read: ReadText = (one) => {
      asked.push(one)
      return { text: '' }
    }
    const said = mistakesOf(HEAD + STEPS.replace('storm/map.txt', path.startsWith('"') ? path : `'${path}'`), read)
    assert.match(said[0]!, /cannot be used: it leaves the folder/, path)
    assert.deepEqual(asked, [], path)
  }
})

test('aliases, tags, second documents, endless numbers, deep nesting and giant files are refused', () => {
  const withInput = (input: string) => HEAD + STEPS.replace('{ name: Easton, map: { $file: storm/map.txt } }', input)
  assert.match(mistakesOf(withInput('{ a: &x [1], b: *x }'))[0]!, /:13:28: the alias \*x/)
  assert.match(mistakesOf(withInput('{ a: !evil x }'))[0]!, /:13:\d+: this is not YAML: Unresolved tag/)
  assert.match(mistakesOf(withInput('{ a: .inf }'))[0]!, /:13:17: this number has no end/)
  assert.match(mistakesOf(withInput('{ a: 1, a: 2 }'))[0]!, /"a" is given twice/)
  assert.match(mistakesOf(withInput('['.repeat(100_000)))[0]!, /nested too deeply/)
  assert.match(mistakesOf(`${HEAD}${STEPS}---\nb: 1\n`)[0]!, /second document/)
  assert.match(mistakesOf('a'.repeat(4_000_001))[0]!, /4000001 characters/)
  assert.match(mistakesOf('')[0]!, /a scenario is nothing/)
})

test('a key such as __proto__ in an input is a field like any other', () => {
  const text = HEAD + STEPS.replace('{ name: Easton, map: { $file: storm/map.txt } }', '{ __proto__: { admin: true } }')
  const parsed = parseScenario('storm.yaml', text, none)
  assert.ok('scenario' in parsed)
  const step = parsed.scenario.steps[0]!
  assert.ok(step.kind === 'command' && Object.hasOwn(step.input, '__proto__') && !('admin' in step.input))
})

test('whatever stands in a file, reading it ends with a scenario or with mistakes', () => {
  const whole = HEAD + STEPS
  const cut = fc.record({
    from: fc.nat(whole.length),
    to: fc.nat(whole.length),
    with: fc.oneof(
      fc.string(),
      fc.constantFrom('{', '- ', '[', '&a ', '*a', '\t', '$kept: ', '!!map ', 'null', '? ', ': ', '|\n'),
    ),
  })
  const mutated = fc
    .array(cut, { maxLength: 4 })
    .map((cuts) =>
      cuts.reduce(
        (text, { from, to, with: put }) =>
          text.slice(0, from) + put + text.slice(Math.max(from, Math.min(to, from + 30))),
        whole,
      ),
    )
  fc.assert(
    fc.property(fc.oneof(mutated, mutated, fc.string({ unit: 'binary' }), fc.json()), (text) => {
      const parsed = parseScenario('storm.yaml', text, (path) => ({ text: path }))
      if ('scenario' in parsed) assert.ok(parsed.scenario.steps.length > 0)
      else
        for (const mistake of parsed.mistakes) assert.match(describeScenarioMistake(mistake), /^storm\.yaml:\d+:\d+: ./)
      assert.ok('scenario' in parsed || parsed.mistakes.length > 0)
    }),
    { numRuns: RUNS },
  )
})

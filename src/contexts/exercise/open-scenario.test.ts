import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { describeScenarioMistake } from './core/file/mistakes.ts'
import { openScenario } from './open-scenario.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-scenario-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, 'inside'))
  return path
}

function scenario(wanted: string): string {
  return `exercise: storm
title: A storm
notice: EXERCISE
starts: 2025-11-24T08:00:00Z
now: 2025-11-24T12:00:00Z
speed: 1
organisations: [easton]
steps:
  - { at: 2025-11-24T08:00:00Z, organisation: easton, as: admin, command: shop.open, input: { map: { $file: ${wanted} } } }
`
}

function open(inside: string, wanted: string): string {
  const path = join(inside, 'storm.yaml')
  writeFileSync(path, scenario(wanted))
  const parsed = openScenario(path)
  if ('mistakes' in parsed) return parsed.mistakes.map(describeScenarioMistake).join('\n')
  const step = parsed.scenario.steps[0]!
  return step.kind === 'command' ? String(step.input.map) : ''
}

test('files of the folder are read; a link within the folder is followed', (t) => {
  const inside = join(folder(t), 'inside')
  mkdirSync(join(inside, 'deep'))
  writeFileSync(join(inside, 'deep', 'map.txt'), 'the map')
  symlinkSync('deep/map.txt', join(inside, 'link.txt'))
  assert.equal(open(inside, 'deep/map.txt'), 'the map')
  assert.equal(open(inside, 'link.txt'), 'the map')
})

test('nothing outside the folder is read, by whatever way it is named', (t) => {
  const root = folder(t)
  const inside = join(root, 'inside')
  writeFileSync(join(root, 'secret.txt'), 'a secret')
  mkdirSync(join(root, 'inside-too'))
  writeFileSync(join(root, 'inside-too', 'secret.txt'), 'a secret')
  symlinkSync('../secret.txt', join(inside, 'link.txt'))
  symlinkSync('..', join(inside, 'up'))
  symlinkSync('../inside-too', join(inside, 'too'))
  for (const path of ['../secret.txt', join(root, 'secret.txt'), 'link.txt', 'up/secret.txt', 'too/secret.txt'])
    assert.match(open(inside, path), /storm\.yaml:9:\d+: .* it leaves the folder of the scenario/, path)
})

test('folders, pipes, giant files, bad UTF-8 and what is not there are named as what they are', (t) => {
  const inside = join(folder(t), 'inside')
  writeFileSync(join(inside, 'big.txt'), Buffer.alloc(5_000_001, 'a'))
  writeFileSync(join(inside, 'bad.txt'), Buffer.from([0xff, 0xfe]))
  execFileSync('mkfifo', [join(inside, 'pipe')])
  assert.match(open(inside, '.'), /it leaves the folder|it is not a file/)
  assert.match(open(inside, 'pipe'), /it is not a file/)
  assert.match(open(inside, 'big.txt'), /it has 5000001 bytes/)
  assert.match(open(inside, 'bad.txt'), /it is not UTF-8 text/)
  assert.match(open(inside, 'none.txt'), /there is no such file/)
})

test('a scenario that is not there is a mistake too', (t) => {
  for (const path of [join(folder(t), 'none.yaml'), join(folder(t), 'none', 'none.yaml'), folder(t)])
    assert.ok('mistakes' in openScenario(path))
})

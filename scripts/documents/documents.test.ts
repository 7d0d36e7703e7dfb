import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { checkCommands, checkPaths } from './check-code.ts'
import { checkConformance } from './check-conformance.ts'
import { checkInvariants } from './check-invariants.ts'
import { checkLinks } from './check-links.ts'
import { checkVariables, checkVerbs } from './check-tables.ts'
import { type Finding, type House, readHouse } from './house.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const CODE = {
  'package.json': '{ "scripts": { "test": "", "new:room": "" } }',
  '.dependency-cruiser.cjs': "module.exports = { forbidden: [{ name: 'core-is-pure' }] }",
  'src/platform/config/config.ts': "take('HOLDFAST_PORT', 8080, port)\ntake<string | null>('DATABASE_URL', null, url)",
  'src/room/decide.ts': 'export function decide() {}\nconst made = {\n  async found(slug: string) {},\n}\n',
  'src/room/tables.sql': 'create table room.entries (number int);',
  'src/room/decide.test.ts': `test('it isn\\'t lost', () => {})\ntest(\`killed \${ROUNDS} times\`, () => {})`,
}
const VERBS = [
  { name: 'serve', options: { port: {} } },
  { name: 'token create', options: { role: {} } },
]

function house(documents: Record<string, string>): House {
  const root = mkdtempSync(join(tmpdir(), 'documents-'))
  folders.push(root)
  for (const [path, text] of Object.entries({ ...CODE, ...documents })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return readHouse(root, VERBS)
}

const told = (findings: readonly Finding[]) => findings.map(({ path, line, words }) => `${path}:${line} ${words}`)

test('a link to a file or heading that is not there is found; good ones and outside ones are left alone', () => {
  const text = [
    '# One thing: `code` and *more*',
    '[good](docs/a.md#two-words) [self](#one-thing-code-and-more) [out](https://example.org/x#y)',
    '`[not](a-link)` [bad](docs/b.md)',
    '![picture](docs/a.png) [heading](docs/a.md#three)',
    '```',
    '[in a block](nowhere.md)',
    '```',
    '## Twice',
    '## Twice',
    '[second](#twice-1) [third](#twice-2)',
  ]
  const findings = checkLinks(house({ 'README.md': text.join('\n'), 'docs/a.md': '## Two words\n[up](../README.md)' }))
  assert.deepEqual(told(findings), [
    'README.md:3 the link docs/b.md leads nowhere',
    'README.md:4 the link docs/a.png leads nowhere',
    'README.md:4 docs/a.md has no heading for #three',
    'README.md:10 README.md has no heading for #twice-2',
  ])
})

test('a path or symbol that is not there is found; placeholders and foreign paths are left alone', () => {
  const text = [
    '`src/room/decide.ts#decide` `src/room/decide.ts#found` `src/room/tables.sql#entries` `src/room/*.ts` `src/room/`',
    '`src/contexts/NAME/room.ts` `text/html` `/healthz` `a/b` `decide.ts`',
    '`src/room/undo.ts`',
    '`src/room/decide.ts#undo` and `src/room/tables.sql#rows`',
    '`src/room/*.njk`',
  ]
  assert.deepEqual(told(checkPaths(house({ 'README.md': text.join('\n') }))), [
    'README.md:3 there is no src/room/undo.ts',
    'README.md:4 src/room/decide.ts declares no undo',
    'README.md:4 src/room/tables.sql declares no rows',
    'README.md:5 there is no src/room/*.njk',
  ])
})

test('a script, verb or option that does not exist is found, inline, in blocks and over several lines', () => {
  const text = [
    '`npm run new:room NAME`, `npx holdfast serve --port 1`, `npx holdfast VERB`, `npx holdfast --help`',
    '`npm run build` and `npx holdfast token make`',
    '```sh',
    'TOKEN=$(npx holdfast token create --role viewer)',
    'npx holdfast token create --role viewer \\',
    '  --colour blue',
    'npx holdfast explode | sh',
    '```',
  ]
  assert.deepEqual(told(checkCommands(house({ 'README.md': text.join('\n') }))), [
    'README.md:2 package.json has no script build',
    'README.md:2 holdfast cannot do "token make"',
    'README.md:5 holdfast token create has no option --colour',
    'README.md:7 holdfast cannot do "explode"',
  ])
})

test('the table of variables and the verbs are those of the code, both ways', () => {
  const wrong = house({ 'README.md': '| `HOLDFAST_PORT` | 8080 |\n| `HOLDFAST_COLOUR` | |\n\n    npx holdfast serve' })
  assert.deepEqual(told(checkVariables(wrong)), [
    'README.md:2 the configuration does not read HOLDFAST_COLOUR',
    'README.md:1 the table of variables leaves out DATABASE_URL',
  ])
  assert.deepEqual(told(checkVerbs(wrong)), ['README.md:1 the command line leaves out "token create"'])
  const right = house({ 'README.md': '| `HOLDFAST_PORT`, `DATABASE_URL` | |\n`serve` and `token create --role ROLE`' })
  assert.deepEqual([...checkVariables(right), ...checkVerbs(right)], [])
})

test('an invariant without a guard that exists is found', () => {
  const text = [
    '## Invariants',
    '- Held by a rule. Guard: rule `core-is-pure`.',
    '- Held by a test over',
    '  two lines. Guard: `src/room/decide.test.ts` "it isn\'t lost" and "killed ... times".',
    '- Only hoped for.',
    '- Guard: rule `core-is-poor`.',
    '- Guard: `src/room/decide.test.ts` "it is lost"; `src/room/undo.test.ts` "undone".',
    '## After',
    '- No invariant.',
  ]
  assert.deepEqual(told(checkInvariants(house({ 'ARCHITECTURE.md': text.join('\n') }))), [
    'ARCHITECTURE.md:5 this invariant names no guard',
    'ARCHITECTURE.md:6 there is no rule core-is-poor',
    'ARCHITECTURE.md:7 src/room/decide.test.ts has no test "it is lost"',
    'ARCHITECTURE.md:7 there is no src/room/undo.test.ts',
  ])
  assert.deepEqual(told(checkInvariants(house({}))), ['ARCHITECTURE.md:1 there is no list under "## Invariants"'])
})

test('a claim of conformance without a test that exists is found', () => {
  const text = [
    'Some words, and `src/room/decide.test.ts` "it is lost" outside a table.',
    '',
    '| output | held by |',
    '| --- | :-- |',
    '| feeds | `src/room/decide.test.ts` "it isn\'t lost" and "killed ... times" |',
    '| alerts | we try hard |',
    '| calendars | `src/room/decide.test.ts` "it is lost" |',
  ]
  assert.deepEqual(told(checkConformance(house({ 'docs/formats.md': text.join('\n') }))), [
    'docs/formats.md:6 this row names no test',
    'docs/formats.md:7 src/room/decide.test.ts has no test "it is lost"',
  ])
  assert.deepEqual(told(checkConformance(house({ 'docs/formats.md': 'No table.' }))), [
    'docs/formats.md:1 there is no row in any table',
  ])
  assert.deepEqual(told(checkConformance(house({}))), ['docs/formats.md:1 there is no such document'])
})

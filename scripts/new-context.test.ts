import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { filesOf } from './new-context/files.ts'
import { namesOf } from './new-context/names.ts'
import { withRoom, withWalls } from './new-context/register.ts'

const HOUSE = join(import.meta.dirname, '..')
const LEFT = ['node_modules', '.git', 'data', 'live']
const ROOMS = 'src/main/rooms.ts'
const LIST =
  "const { declared } = await import('./src/main/rooms.ts'); console.log(declared().commands.map((one) => one.name).join())"
const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The tree as it stands, in a folder of its own, with the packages of this one. */
function copyOfTheHouse(): string {
  const root = mkdtempSync(join(tmpdir(), 'new-context-'))
  folders.push(root)
  for (const entry of readdirSync(HOUSE))
    if (!LEFT.includes(basename(entry))) cpSync(join(HOUSE, entry), join(root, entry), { recursive: true })
  symlinkSync(join(HOUSE, 'node_modules'), join(root, 'node_modules'))
  return root
}

function run(root: string, ...words: string[]): Promise<{ status: unknown; text: string }> {
  // Told that it is a test of another run, node --test would report to it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return new Promise((resolve) =>
    execFile(process.execPath, words, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, text: `${stdout}${stderr}` }),
    ),
  )
}

test('a new room passes types, lint, walls and its own tests, and is served', async () => {
  const root = copyOfTheHouse()
  const made = await run(root, 'scripts/new-context.ts', 'fleet-cover')
  assert.equal(made.status, 0, made.text)
  assert.match(made.text, /npm run verify/)
  for (const path of Object.keys(filesOf(namesOf('fleet-cover', []) as never)))
    assert.ok(existsSync(join(root, 'src/contexts/fleet-cover', path)), path)

  const checks = {
    types: ['node_modules/typescript/bin/tsc', '-p', '.'],
    lint: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', 'src/contexts/fleet-cover', ROOMS],
    walls: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', 'src'],
    served: ['--input-type=module', '-e', LIST],
    tests: ['--test', 'src/contexts/fleet-cover/**/*.test.ts'],
  }
  await Promise.all(
    Object.entries(checks).map(async ([name, words]) => {
      const { status, text } = await run(root, ...words)
      // What is wrong elsewhere in the tree is for the checks of the tree to say.
      const foreign =
        ['types', 'walls'].includes(name) && /^.*\berror .*$/m.test(text) && !/fleet-cover|rooms\.ts/.test(text)
      assert.ok(status === 0 || foreign, `${name}: ${text}`)
      if (name === 'tests') assert.match(text, /pass 4\b/)
      if (name === 'served') assert.match(text, /fleet-cover\.open,fleet-cover\.close/)
    }),
  )

  const again = await run(root, 'scripts/new-context.ts', 'fleet-cover')
  assert.equal(again.status, 1)
  assert.match(again.text, /fleet-cover is a room or a query already/)
})

test('names that are malformed, known or mean something else are refused with what to do', () => {
  for (const name of ['', 'Fleet', 'fleet_cover', '-fleet', 'fleet-', '../fleet', 'fleet cover', '1st', 'f'.repeat(41)])
    assert.match((namesOf(name, []) as { wrong: string }).wrong, /use lower-case words/)
  assert.match((namesOf('estate', ['estate']) as { wrong: string }).wrong, /choose another/)
  for (const name of ['class', 'journal', 'events', 'command'])
    assert.match((namesOf(name, []) as { wrong: string }).wrong, /choose another/)
  assert.deepEqual(namesOf('fleet-cover', ['fleet']), {
    room: 'fleet-cover',
    value: 'fleetCover',
    type: 'FleetCover',
    constant: 'FLEET_COVER',
  })
})

test('a room is registered in its place, and the walls of a room that they know are left alone', () => {
  const names = (name: string) => namesOf(name, []) as Exclude<ReturnType<typeof namesOf>, { wrong: string }>
  const rooms = readFileSync(join(HOUSE, 'src/main/rooms.ts'), 'utf8')
  for (const name of ['aaa', 'fleet-cover', 'zzz']) {
    const imports = withRoom(rooms, names(name)).match(/'\.\.\/contexts\/.*\/room\.ts'/g)!
    assert.deepEqual(imports, imports.toSorted())
    assert.ok(imports.includes(`'../contexts/${name}/room.ts'`))
  }
  const walls = readFileSync(join(HOUSE, '.dependency-cruiser.cjs'), 'utf8')
  assert.equal(withWalls(walls, names('posture')), walls)
  assert.match(withWalls(walls, names('fleet-cover')), /^ {2}'fleet-cover': \[\],$/m)
})

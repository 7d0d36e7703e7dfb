import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { declared } from '../src/main/rooms.ts'
import { filesOf } from './new-context/files.ts'
import { namesOf } from './new-context/names.ts'
import { withRoom, withWalls } from './new-context/register.ts'

// npm run new:context NAME: a room with its core, two commands, a model, a query and tests, wired in and passing every check.
const root = join(import.meta.dirname, '..')
const contexts = join(root, 'src/contexts')
const [name = '', ...more] = process.argv.slice(2)

function refuse(words: string): never {
  console.error(words)
  process.exit(1)
}

if (name === '' || more.length > 0) refuse('usage: npm run new:context NAME')
const names = namesOf(name, [...readdirSync(contexts), ...declared().queries.map((query) => query.name)])
if ('wrong' in names) refuse(names.wrong)

const rooms = join(root, 'src/main/rooms.ts')
const walls = join(root, '.dependency-cruiser.cjs')
const changed = new Map([
  [rooms, withRoom(readFileSync(rooms, 'utf8'), names)],
  [walls, withWalls(readFileSync(walls, 'utf8'), names)],
  ...Object.entries(filesOf(names)).map(([path, text]) => [join(contexts, name, path), text] as const),
])
for (const [path, text] of changed) {
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
const formatted = spawnSync(process.execPath, [biome, 'check', '--write', rooms, join(contexts, name)], {
  cwd: root,
  encoding: 'utf8',
})
if (formatted.status !== 0) console.error(`${formatted.stdout}${formatted.stderr}`)

console.log(`src/contexts/${name} is there, registered in src/main/rooms.ts, with walls in .dependency-cruiser.cjs.

Next:
  1. src/contexts/${name}/README.md      one paragraph: what it decides, what it never does
  2. src/contexts/${name}/core/events.ts what can have happened; then state, decide, refusals, and their test
  3. .dependency-cruiser.cjs             which front doors it may call at (none, as yet)
  4. npm run verify`)

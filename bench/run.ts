import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { benchCommands } from './commands.ts'
import { benchConsole } from './console.ts'
import { benchDelivery } from './delivery.ts'
import { type Figure, meets } from './figure.ts'
import { benchImpact } from './impact.ts'
import { benchJournal } from './journal.ts'
import { benchPages } from './pages.ts'

/** `npm run bench [PART ...]`: prints a table and writes bench/results.json. One part after another: they would disturb each other. */
const parts: Record<string, () => Promise<Figure[]>> = {
  impact: benchImpact,
  journal: benchJournal,
  commands: benchCommands,
  pages: benchPages,
  console: benchConsole,
  delivery: benchDelivery,
}
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}: choose from ${Object.keys(parts).join(', ')}.\n`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stderr.write(`${name} ...\n`)
  figures.push(...(await part()))
}

const machine = `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const at = new Date().toISOString()
const rows = figures.map((figure) => {
  const met = meets(figure)
  const verdict = met === null ? '' : met ? 'met' : 'MISSED'
  return [figure.name, `${figure.value} ${figure.unit}`, figure.target ?? '', verdict, figure.note ?? '']
})
process.stdout.write(`${at.slice(0, 10)}, ${machine}\n\n`)
process.stdout.write('| what | measured | target | | note |\n| --- | --- | --- | --- | --- |\n')
for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`)
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({ at, machine, figures }, null, 2)}\n`)

#!/usr/bin/env node
// Starts src/main.ts on Node 24 even where `node` on the PATH is older: the npm package brings its own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const newEnough = Number(process.versions.node.split('.')[0]) >= 24

if (!newEnough && !existsSync(own)) {
  process.stderr.write(
    `Holdfast needs Node 24 or later; this is ${process.version}. Run "npm ci" (without --omit=optional) or install Node 24.\n`,
  )
  process.exit(1)
}

const child = spawn(newEnough ? process.execPath : own, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`Holdfast could not start: ${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

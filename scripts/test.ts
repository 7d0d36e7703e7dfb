import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { startTestServer } from '../test/server.ts'

// npm test [FILE...] [-- --test-name-pattern=WORDS ...]: the whole suite, or part of it, on one PostgreSQL.
const PLACES = ['src', 'test', 'verifier', 'scripts'].map((folder) => `${folder}/**/*.test.ts`)

/** Milliseconds. */
const LONGEST_TEST = 300_000

const root = join(import.meta.dirname, '..')
const given = process.argv.slice(2)
const named = given.filter((word) => !word.startsWith('-'))
const files = named.length > 0 ? globSync(named, { cwd: root }) : globSync(PLACES, { cwd: root })
if (files.length === 0) {
  console.error(`No test was found in ${(named.length > 0 ? named : PLACES).join(', ')}`)
  process.exit(1)
}

let runner: ReturnType<typeof spawn> | undefined
let interrupted = false
// Ctrl-C reaches the runner too: only wait for it, then stop the server in order.
process.on('SIGINT', () => {
  interrupted = true
})
process.on('SIGTERM', () => {
  interrupted = true
  runner?.kill('SIGTERM')
})

const server = await startTestServer()
let status = 1
try {
  if (!interrupted) status = await runTests()
} finally {
  await server.stop()
}
process.exitCode = interrupted ? 130 : status

function runTests(): Promise<number> {
  const flags = [
    '--test',
    `--test-reporter=${join(import.meta.dirname, 'compact-reporter.ts')}`,
    '--test-reporter-destination=stdout',
    `--test-concurrency=${Math.min(availableParallelism(), 4)}`,
    `--test-timeout=${LONGEST_TEST}`,
    `--import=${join(import.meta.dirname, 'end-hanging-file.ts')}`,
    ...given.filter((word) => word.startsWith('-')),
  ]
  const env = { ...process.env, HOLDFAST_TEST_SERVER: server.url, HOLDFAST_TEST_RUN: server.run }
  const child = spawn(process.execPath, [...flags, ...files.sort()], { cwd: root, env, stdio: 'inherit' })
  runner = child
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

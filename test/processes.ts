import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Answer, ask } from './ask.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface Place {
  readonly data: string
  /** Variables beside the plainest environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** Node keeps what it has compiled here: a later start of the same code takes half the time. */
const compiled = mkdtempSync(join(tmpdir(), 'holdfast-test-'))
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }))

const started = new Map<string, ChildProcess[]>()

/** A private directory whose processes are ended before it is removed, whatever the test came to. */
export function freshPlace(t: TestContext, env: Place['env'] = {}): Place {
  const data = mkdtempSync(join(tmpdir(), 'holdfast-test-'))
  t.after(async () => {
    for (const child of started.get(data) ?? []) {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'close')
    }
    killHard(postgresOf(data).all)
    await sleep(20)
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  })
  return { data, env }
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  /** All that it has said so far, on both streams. */
  said(): string
  readonly ended: Promise<{ code: number | null; signal: string | null; after: number }>
  ask(method: string, path: string, options?: Parameters<typeof ask>[3]): Promise<Answer>
}

/** Nothing of the environment of the tests reaches the process, but whose PostgreSQL they run on. */
function environment({ data, env }: Place): Record<string, string> {
  const { PATH = '', HOME = '/', HOLDFAST_POSTGRES } = process.env
  const plain = { PATH, HOME, HOLDFAST_DATA: data, HOLDFAST_LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: compiled }
  return { ...plain, ...(HOLDFAST_POSTGRES ? { HOLDFAST_POSTGRES } : {}), ...env }
}

export function launch(words: readonly string[], place: Place): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], { env: environment(place), stdio: ['ignore', 'pipe', 'pipe'] })
}

/** `holdfast WORDS ...` to its end. */
export async function holdfast(words: readonly string[], place: Place): Promise<Ran> {
  const child = launch(words, place)
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr!.on('data', (chunk) => {
    stderr += chunk
  })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status, stdout, stderr }
}

/** As `holdfast`, and throws unless it ends well. */
export async function done(words: readonly string[], place: Place): Promise<string> {
  const { status, stdout, stderr } = await holdfast(words, place)
  if (status !== 0) throw new Error(`holdfast ${words.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

/** `holdfast serve` on a free port, once it is up; `until` says what counts as up. Killed when its test ends. */
export async function serve(
  t: TestContext,
  place: Place,
  { until = /^Holdfast is running\./m, words = ['--empty'], port: asked = 0 } = {},
) {
  const child = launch(['serve', '--port', String(asked), ...words], place)
  t.after(() => child.kill('SIGKILL'))
  started.set(place.data, [...(started.get(place.data) ?? []), child])
  let said = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const begun = Date.now()
  let over = false
  const ended = new Promise<{ code: number | null; signal: string | null; after: number }>((resolve) => {
    child.once('close', (code, signal) => {
      over = true
      resolve({ code, signal, after: Date.now() - begun })
    })
  })
  while (!until.test(said)) {
    if (over || Date.now() - begun > 60_000) throw new Error(`holdfast serve did not start: ${said}`)
    await sleep(10)
  }
  const port = Number(/http:\/\/localhost:(\d+)/.exec(said)?.[1] ?? asked)
  const running: Running = {
    child,
    pid: child.pid!,
    port,
    said: () => said,
    ended,
    ask: (method, path, options) => ask(port, method, path, options),
  }
  return running
}

/** The PostgreSQL of a data directory: its first process, and every process that works for it. */
export function postgresOf(data: string): { first: number | null; all: number[] } {
  let cluster: string
  try {
    cluster = realpathSync(join(data, 'postgres'))
  } catch {
    return { first: null, all: [] }
  }
  const all = readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readlinkSync(`/proc/${pid}/cwd`) === cluster
      } catch {
        return false
      }
    })
  try {
    return { first: Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10), all }
  } catch {
    return { first: null, all }
  }
}

/** Ends all these at once, without a chance to tidy up. */
export function killHard(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {}
}

/** An organisation with the estate of a typical council, and a bearer token for each role that is asked for. */
export async function council<Name extends string>(place: Place, slug: string, names: readonly Name[]) {
  await done(['organisation', 'add', slug, '--name', `Invented ${slug}`], place)
  const tokens = {} as Record<Name, string>
  for (const name of names) {
    const words = ['token', 'create', '--organisation', slug, '--role', name.replace(/\d+$/, ''), '--name', name]
    tokens[name] = (await done(words, place)).trim()
  }
  return tokens
}

/** Waits until `holds` says so, asking often. Throws after `millis`. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  millis = 15_000,
): Promise<number> {
  const begun = Date.now()
  while (!(await holds())) {
    if (Date.now() - begun > millis) throw new Error(`not within ${millis} ms: ${what}`)
    await sleep(20)
  }
  return Date.now() - begun
}

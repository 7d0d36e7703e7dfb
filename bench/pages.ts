import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startNginx } from '../test/serving/web-server.ts'
import { approveToServed } from './approve.ts'
import { type Figure, quantile } from './figure.ts'
import { round } from './journal.ts'
import { benchRerender } from './rerender.ts'

const run = promisify(execFile)
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const load = fileURLToPath(new URL('load.ts', import.meta.url))
const bare = fileURLToPath(new URL('bare-server.ts', import.meta.url))
const PORT = 18_080
const ROUNDS = 9
const WARM_ROUNDS = 3
const TICKS_A_SECOND = 100
const ISOLATIONS = 40

/** The London exercise with all 33 organisations, served: start-up, memory, from decision to page, pages a second. */
export async function benchPages(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  try {
    const first = await start(directory)
    await stop(first.child)
    const warm: number[] = []
    for (let i = 0; i < 3; i++) {
      const again = await start(directory)
      warm.push(again.ready)
      await stop(again.child)
    }
    const server = await start(directory)
    const figures: Figure[] = [
      { name: 'start-up to ready, first (cluster made, exercise played)', value: Math.round(first.ready), unit: 'ms' },
      {
        name: 'start-up to ready, warm, 33 organisations',
        value: Math.round(quantile(warm, 0.5)),
        unit: 'ms',
        target: '< 3000 ms',
      },
      {
        name: 'memory of the server process, 33 organisations',
        value: residentMegabytes(server.child.pid!),
        unit: 'MB',
      },
    ]
    figures.push(
      ...(await isolationToPage(directory)),
      ...(await approveToServed(main, directory, PORT)),
      ...(await requests(directory, server.child.pid!)),
      ...(await benchRerender()),
    )
    await stop(server.child)
    return figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function start(directory: string) {
  const began = performance.now()
  const child = spawn(process.execPath, [main, 'serve', '--data', directory, '--port', String(PORT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOLDFAST_LOG_LEVEL: 'error' },
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  while (!said.includes('Holdfast is running')) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`)
    await sleep(5)
  }
  return { child, ready: performance.now() - began }
}

async function stop(child: ReturnType<typeof spawn>): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

function residentMegabytes(pid: number): number {
  const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(pages?.[1] ?? Number.NaN) / 1024)
}

/** From the answer of an isolation (committed) to the first page that shows it, polled without pause. */
async function isolationToPage(directory: string): Promise<Figure[]> {
  const token = (
    await run(process.execPath, [
      main,
      'token',
      'create',
      '--organisation',
      'hackney',
      '--role',
      'tactical',
      '--name',
      'bench',
      '--data',
      directory,
    ])
  ).stdout.trim()
  const { incidents } = (await call('situation', token)) as { incidents: { id: string }[] }
  const incident = incidents[0]!.id
  const { components } = (await call('estate', token)) as { components: { id: string; kind: string }[] }
  const network = components.find(({ kind }) => kind === 'network')!.id
  const times: number[] = []
  for (let i = 0; i < ISOLATIONS; i++) {
    const before = await etag()
    if (i % 2 === 0)
      await call('incident.isolate', token, {
        incident,
        components: [network],
        precautionary: true,
        rationale: 'Measurement',
      })
    else await call('incident.restore', token, { incident, components: [network], evidence: 'Measurement' })
    const committed = performance.now()
    while ((await etag()) === before) {
      if (performance.now() - committed > 10_000) throw new Error('the page never changed')
    }
    times.push(performance.now() - committed)
  }
  return [
    { name: 'isolation committed to new page served, median', value: Math.round(quantile(times, 0.5)), unit: 'ms' },
    {
      name: 'isolation committed to new page served, 95th percentile',
      value: Math.round(quantile(times, 0.95)),
      unit: 'ms',
      target: '< 2000 ms',
      note: `${ISOLATIONS} changes`,
    },
  ]
}

async function call(name: string, token: string, input?: object): Promise<object> {
  const response = await fetch(`http://127.0.0.1:${PORT}/api/v1/hackney/${name}`, {
    method: input ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(input ? { 'content-type': 'application/json' } : {}) },
    ...(input ? { body: JSON.stringify(input) } : {}),
  })
  const answer = (await response.json()) as { detail?: string }
  if (!response.ok) throw new Error(`${name}: ${response.status} ${answer.detail}`)
  return answer
}

async function etag(): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${PORT}/hackney`, { method: 'HEAD' })
  return response.headers.get('etag')
}

/** The same page from Holdfast, from a bare node:http server with the same bytes, and from nginx on the folder, turn by turn. */
async function requests(directory: string, pid: number): Promise<Figure[]> {
  const child = spawn(process.execPath, [bare, String(PORT + 1), `http://127.0.0.1:${PORT}/westminster`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const nginx = await nginxOn(directory)
  const ports = { holdfast: PORT, bare: PORT + 1, ...(nginx ? { nginx: nginx.port } : {}) }
  const rates: Record<string, number[]> = { holdfast: [], bare: [], nginx: [] }
  const measure = async (port: number) =>
    Number((await run(process.execPath, [load, String(port), '/westminster', '2', '32'])).stdout)
  const costs: Record<string, number[]> = { [PORT]: [], [PORT + 1]: [] }
  // Node compiles a busy path for some seconds; whoever is asked for hours has that behind them.
  for (let round = 0; round < WARM_ROUNDS; round++) for (const port of Object.values(ports)) await measure(port)
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, port] of Object.entries(ports)) {
      const process = port === PORT ? pid : child.pid!
      const before = processorSeconds(process)
      const rate = await measure(port)
      rates[name]!.push(rate)
      costs[port]?.push((processorSeconds(process) - before) / rate)
    }
  child.kill()
  await nginx?.stop()
  const beside = (other: string, target: string): Figure => {
    const ratios = rates.holdfast!.map((value, i) => value / rates[other]![i]!)
    return {
      name: `public page beside ${other === 'bare' ? 'bare node:http, same bytes' : 'nginx on the folder'}`,
      value: round(quantile(ratios, 0.5)),
      unit: 'ratio',
      target,
      note: `${ROUNDS} pairs: ${ratios.map((ratio) => round(ratio)).join(', ')}`,
    }
  }
  const middle = (name: string) => Math.round(quantile(rates[name]!, 0.5))
  return [
    beside('bare', '>= 0.95'),
    {
      name: '... in processor time, which the machine disturbs less',
      value: round(quantile(costs[PORT + 1]!, 0.5) / quantile(costs[PORT]!, 0.5)),
      unit: 'ratio',
    },
    ...(nginx ? [beside('nginx', '>= 0.6')] : []),
    {
      name: 'public page requests',
      value: middle('holdfast'),
      unit: 'per second',
      note: `bare: ${middle('bare')}; nginx: ${nginx ? middle('nginx') : 'not installed'}; 32 connections`,
    },
  ]
}

/** Debian's nginx on our example configuration; null where it is not installed. */
async function nginxOn(directory: string) {
  try {
    const own = join(directory, 'nginx')
    mkdirSync(own)
    return await startNginx(own, join(directory, 'publications', 'current'))
  } catch {
    return null
  }
}

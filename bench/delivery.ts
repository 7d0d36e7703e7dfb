import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { operator } from '../src/kernel/index.ts'
import type { Application } from '../src/main/application.ts'
import { startServer } from '../src/main/server.ts'
import { type Config, readConfig } from '../src/platform/config/index.ts'
import { silentLog } from '../src/platform/log/index.ts'
import { type Figure, quantile } from './figure.ts'
import { round } from './journal.ts'

const run = promisify(execFile)
const sinkProgram = fileURLToPath(new URL('mail-sink.ts', import.meta.url))
const load = fileURLToPath(new URL('load.ts', import.meta.url))
const SINK = 18_125
const RECIPIENTS = 10_000
const SENT = 600
const ROUNDS = 7

/** 10,000 recipients queued by a server whose public page is being read, and mail through a server on loopback. */
export async function benchDelivery(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const sink = spawn(process.execPath, [sinkProgram, String(SINK)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(sink.stdout, 'data')
  const variables = {
    HOLDFAST_SMTP_URL: `smtp://127.0.0.1:${SINK}`,
    HOLDFAST_MAIL_FROM: 'bench@example.org',
    HOLDFAST_SMTP_RATE: '10000',
    HOLDFAST_LOG_LEVEL: 'silent',
  }
  const config = readConfig(variables, { data: directory, port: '0' }) as Config
  const server = await startServer(config, silentLog)
  try {
    const input = { slug: 'hackney', name: 'Invented' }
    const command = 'estate.add-organisation'
    await server.application.execute({ organisation: 'hackney', command, input, caller: operator })
    await server.published()
    return [...(await queueing(server.application, server.port)), await sending(server.application)]
  } finally {
    await server.close()
    sink.kill()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function queueing(application: Application, port: number): Promise<Figure[]> {
  const read = async () => Number((await run(process.execPath, [load, String(port), '/hackney', '4', '16'])).stdout)
  await read()
  const times: number[] = []
  const ratios: number[] = []
  for (let turn = 0; turn < ROUNDS; turn++) {
    const before = await read()
    const reading = read()
    await sleep(200)
    times.push(await queue(application, `turn-${turn}`, 'sms', RECIPIENTS))
    ratios.push((await reading) / before)
  }
  return [
    {
      name: `${RECIPIENTS} recipients queued while the public page is read`,
      value: round(quantile(times, 0.5) / 1000),
      unit: 's',
      target: '< 5 s',
    },
    {
      name: 'public page over 4 s with 10,000 recipients queued in them, beside before',
      value: round(quantile(ratios, 0.5)),
      unit: 'ratio',
      target: '>= 0.9',
      note: `${ROUNDS} pairs: ${ratios.map((ratio) => round(ratio)).join(', ')}`,
    },
  ]
}

async function sending(application: Application): Promise<Figure> {
  const began = performance.now()
  await queue(application, 'mail', 'email', SENT)
  for (;;) {
    const rows = await application.database.query(
      '',
      `select from delivery.delivery where channel = 'email' and state in ('waiting', 'sending') limit 1`,
    )
    if (rows.length === 0) break
    await sleep(20)
  }
  const seconds = (performance.now() - began) / 1000
  return {
    name: 'mail through one process to a mail server on loopback',
    value: Math.round(SENT / seconds),
    unit: 'per second',
  }
}

async function queue(
  { database, outbox }: Application,
  message: string,
  channel: 'email' | 'sms',
  count: number,
): Promise<number> {
  const recipients = Array.from({ length: count }, (_, one) => ({
    person: `person-${one}`,
    address: channel === 'email' ? `invented${one}@example.org` : '+447700900123',
    fields: { token: `token-${one}` },
  }))
  const content = { subject: 'Invented', text: `${'Invented words. '.repeat(60)}https://example.org/{{token}}` }
  const began = performance.now()
  await database.transaction((tx) =>
    outbox.enqueue(tx, { message, batch: message, organisation: 'hackney', channel, content, recipients }),
  )
  return performance.now() - began
}

import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal, operator, ROLES } from '../src/kernel/index.ts'
import type { Application } from '../src/main/application.ts'
import { invite } from '../src/main/invite.ts'
import { rooms } from '../src/main/rooms.ts'
import { startServer } from '../src/main/server.ts'
import { type Config, readConfig } from '../src/platform/config/index.ts'
import { silentLog } from '../src/platform/log/index.ts'
import { type Figure, quantile } from './figure.ts'

const ORGANISATIONS = 33
const ENTRIES = 50_000
/** Of them in the journal whose pages are asked for: the worst of the 33. */
const HERE_ENTRIES = 10_000
const HERE = 'council-0'
const TIMES = 20
const COMPONENTS = ['printing', 'guest-wifi', 'gis', 'depot']

/** Every page of the console that links lead to, as somebody with every role: how long the server takes. */
export async function benchConsole(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const config = readConfig(
    { HOLDFAST_REGION: 'Invented', HOLDFAST_LOG_LEVEL: 'silent' },
    { data: directory, port: '0' },
  )
  const server = await startServer(config as Config, silentLog)
  try {
    const { application } = server
    const incident = await fill(application)
    const { person } = await invite(application, {
      url: server.url,
      organisation: HERE,
      name: 'Invented',
      roles: ROLES,
    })
    const { cookie } = await application.sessions.begin(person, 'bench')
    const agent = new http.Agent({ keepAlive: true })
    const get = (path: string) => ask(server.port, path, `holdfast=${cookie}`, agent)
    const desk = `/console/${HERE}/incidents/${incident}/isolate`
    // What a form or a script asks for, with a choice; what only an organisation without an estate is led to; a neighbour's.
    const unlinked = [
      `${desk}/preview?take=*`,
      `${desk}/decide?take=*`,
      `/console/${HERE}/estate/start`,
      `/console/${HERE}/picture/council-1/corporate-network`,
    ]
    const found = await pagesFrom([`/console/${HERE}`, ...unlinked], get)
    const slowest: { route: string; p95: number }[] = []
    const all: number[] = []
    for (const [route, path] of found) {
      const times: number[] = []
      for (let i = 0; i < TIMES; i++) times.push((await get(path)).millis)
      all.push(...times)
      slowest.push({ route, p95: quantile(times, 0.95) })
    }
    agent.destroy()
    slowest.sort((a, b) => b.p95 - a.p95)
    const said = slowest.slice(0, 3).map(({ route, p95 }) => `${route} ${Math.round(p95)} ms`)
    const missed = routes().filter((route) => !found.has(route))
    return [
      {
        name: 'console page, 95th percentile of the slowest one',
        value: Math.round(slowest[0]!.p95),
        unit: 'ms',
        target: '< 100 ms',
        note: `${said.join('; ')}; ${ENTRIES} entries, ${HERE_ENTRIES} of them here`,
      },
      {
        name: 'console page, median of all',
        value: Math.round(quantile(all, 0.5) * 10) / 10,
        unit: 'ms',
        note: `${found.size} pages${missed.length > 0 ? `; no link led to ${missed.join(', ')}` : ''}`,
      },
    ]
  } finally {
    await server.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Answers the incident of the organisation whose pages are asked for. */
async function fill({ execute, journal }: Application): Promise<string> {
  const give = async (organisation: string, command: string, input: object) => {
    const outcome = await execute({ organisation, command, input, caller: operator })
    if (isRefusal(outcome)) throw new Error(`${command}: ${outcome.detail}`)
    return outcome as { incident?: string; statement?: number }
  }
  const slugs = Array.from({ length: ORGANISATIONS }, (_, i) => `council-${i}`)
  const others = (ENTRIES - HERE_ENTRIES) / (ORGANISATIONS - 1)
  const one = async (slug: string): Promise<string> => {
    await give(slug, 'estate.add-organisation', { slug, name: `Invented ${slug}` })
    await give(slug, 'estate.start-from-template', { template: 'typical-council' })
    const { incident } = await give(slug, 'incident.declare', { title: 'Bench', summary: 'Invented' })
    await give(slug, 'incident.isolate', {
      incident,
      components: [`${slug}/corporate-network`],
      precautionary: true,
      rationale: 'Measurement',
    })
    const most = slug === HERE ? HERE_ENTRIES : others
    for (let n = 0; journal.models.position(slug) < most; n++)
      await Promise.all([
        give(slug, 'incident.record-decision', {
          incident,
          title: `Number ${n}`,
          decision: 'Wait',
          rationale: 'Bench',
        }),
        ...COMPONENTS.map((component) =>
          give(slug, 'incident.record-condition', {
            component: `${slug}/${component}`,
            condition: n % 2 === 0 ? 'degraded' : 'operational',
            reason: 'Measurement',
          }),
        ),
      ])
    return incident!
  }
  const incidents = await Promise.all(slugs.map(one))
  await speak((command, input) => give(HERE, command, input), incidents[0]!)
  return incidents[0]!
}

/** One of everything that pages of their own show. */
async function speak(
  give: (command: string, input: object) => Promise<{ statement?: number }>,
  incident: string,
): Promise<void> {
  await give('incident.take-role', { incident, role: 'tactical', holder: 'Invented' })
  await give('incident.record-assumption', { incident, assumption: 'Invented', reviewAt: '2099-01-01T00:00:00Z' })
  await give('incident.issue-sitrep', { incident, known: 'Invented', notKnown: 'Invented', doing: 'Invented' })
  await give('estate.define-component', {
    id: 'neighbourly',
    name: 'Leans on a neighbour',
    kind: 'platform',
    needs: [{ anyOf: ['council-1/corporate-network'] }],
  })
  const audiences = ['residents', 'press']
  const route = { route: 'line', kind: 'phone', purpose: 'general', audiences, name: 'Line', address: '020 7946 0200' }
  await give('statements.set-route', route)
  await give('statements.set-line', { line: 'wary', part: 'advice', audiences, text: 'Invented' })
  const override = { service: 'pay-council-tax', level: 'degraded', reason: 'Invented', told: 'Invented' }
  await give('statements.override-status', override)
  await give('statements.receive-enquiry', { outlet: 'Invented', contact: 'press@example.org', question: 'Invented?' })
  const { statement } = await give('statements.draft', {})
  await give('statements.publish', { statement, audiences, reason: 'Invented' })
}

/** The pages that links lead to from `starts`, one of each declared route. */
async function pagesFrom(starts: readonly string[], get: Get): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const waiting = [...starts]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf(path)
    if (route === null || found.has(route)) continue
    const { status, text } = await get(path)
    if (status !== 200) continue
    found.set(route, path)
    for (const [, href] of text.matchAll(/href="(\/console\/[^"#]*)"/g)) waiting.push(href!.replaceAll('&amp;', '&'))
  }
  return found
}

function routes(): string[] {
  return rooms.flatMap((room) => room.pages ?? []).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
}

/** The declared route of an address; one with fewer parameters goes first, as on the server. */
function routeOf(path: string): string | null {
  const below = path.split('?')[0]!.slice(`/console/${HERE}`.length) || '/'
  const matches = routes().filter((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(below))
  return path.startsWith(`/console/${HERE}`)
    ? (matches.sort((a, b) => a.split(':').length - b.split(':').length)[0] ?? null)
    : null
}

type Get = (path: string) => Promise<{ status: number; text: string; millis: number }>

function ask(port: number, path: string, cookie: string, agent: http.Agent): ReturnType<Get> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const request = http.get({ host: '127.0.0.1', port, path, agent, headers: { cookie } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode!, text, millis: performance.now() - began }))
    })
    request.on('error', reject)
  })
}

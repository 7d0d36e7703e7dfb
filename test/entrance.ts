import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { createExecute, createStreamStates, type Done } from '#command'
import {
  accessRoutes,
  accessSchema,
  type ConsoleAnswer,
  createKeys,
  createSessions,
  newEnrolmentLink,
  type SessionDesk,
} from '#contexts/access'
import { journalSchema, type Models, openJournal } from '#journal'
import { type Caller, isRefusal, type Millis, operator, type Refusal } from '#kernel'
import { access } from '../src/contexts/access/room.ts'
import { estate } from '../src/contexts/estate/room.ts'
import { exercise } from '../src/contexts/exercise/room.ts'
import { type Authenticator, authenticator } from './authenticator.ts'
import { freshDatabase, temporaryDirectory } from './database.ts'

export const ORIGIN = 'http://localhost'

/** A browser: cookies, and the routes of signing in behind it. */
export interface Browser {
  readonly cookies: Record<string, string>
  get(path: string): Promise<ConsoleAnswer>
  /** A form, with the CSRF token of the page that is shown at `from` (or of `path` itself). */
  submit(path: string, fields: Record<string, string>, from?: string): Promise<ConsoleAnswer>
  form(path: string, fields: Record<string, string>): Promise<ConsoleAnswer>
  json(path: string, body: object): Promise<ConsoleAnswer>
}

export interface Entrance {
  /** The real time, as the test says. */
  now: Millis
  readonly models: Models
  readonly sessions: SessionDesk
  readonly routes: ReturnType<typeof accessRoutes>
  give(
    organisation: string,
    command: string,
    input: object,
    caller?: Caller,
  ): Promise<Done & { [answer: string]: unknown }>
  ask(organisation: string, command: string, input: object, caller?: Caller): Promise<Done | Refusal>
  /** The names of the statements that signing in has sent to the database. */
  readonly asked: string[]
  /** The path of a new enrolment link. */
  link(organisation: string, person: string): Promise<string>
  browser(agent?: string): Browser
  /** All that the journals and the rows of signing in hold. */
  dump(): Promise<unknown[]>
  /** Enrols a new passkey by a link, and leaves the browser signed in. */
  enrol(browser: Browser, path: string, passkey?: Authenticator): Promise<Authenticator>
}

/** The way in on a real database, with organisations `westminster` and `hackney`, under a clock that the test moves. */
export async function openEntrance(t: TestContext): Promise<Entrance> {
  const database = await freshDatabase(t, { schemas: [journalSchema, accessSchema] })
  const clock = { now: () => made.now }
  const clocks = { of: () => clock }
  const rooms = [estate, access, exercise]
  const journal = await openJournal({
    database,
    clocks,
    dataDirectory: temporaryDirectory(t),
    declarations: rooms.flatMap((room) => room.events),
    models: rooms.flatMap((room) => room.models),
    log: ({ level, msg, detail }) => level === 'error' && assert.fail(`${msg}: ${detail}`),
  })
  t.after(() => journal.close())
  const all = rooms.flatMap((room) => [...room.commands, ...(room.inner ?? [])])
  const commands = new Map(all.map((command) => [command.name, command]))
  const execute = createExecute({ commands, journal, states: createStreamStates(journal), clocks })
  const keys = createKeys(Buffer.alloc(32, 7))
  const { models } = journal
  const sessions = createSessions({ database, models, clocks, clock, keys })
  const asked: string[] = []
  const heard: Pick<typeof database, 'query'> = {
    query(name, text, values) {
      asked.push(name)
      return database.query(name, text, values)
    },
  }
  const routes = accessRoutes({ sessions, database: heard, execute, models, clock, keys, url: ORIGIN })

  const made: Entrance = {
    now: Date.now(),
    models,
    sessions,
    asked,
    routes,
    ask: (organisation, command, input, caller = operator) => execute({ organisation, command, input, caller }),
    async give(organisation, command, input, caller) {
      const outcome = await made.ask(organisation, command, input, caller)
      assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
      return outcome as Done
    },
    async link(organisation, person) {
      const { href, hash } = newEnrolmentLink(ORIGIN)
      await made.give(organisation, 'access.issue-enrolment', { person, hash })
      return new URL(href).pathname
    },
    browser: (agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0') => openBrowser(agent),
    async dump() {
      const entries = await Promise.all(
        models.organisations().map((organisation) => journal.readEntries({ organisation, after: 0, limit: 1000 })),
      )
      const text = `select s::text, encode(cookie, 'escape') as cookie from access.session s
                    union all select what, null from access.spent union all select what, null from access.attempt`
      return [...entries, await database.query('', text)]
    },
    async enrol(browser, path, passkey = authenticator(ORIGIN)) {
      const options = jsonOf(await browser.json(`${path}/options`, {})) as { challenge: string }
      const answer = await browser.json(`${path}/passkey`, { response: passkey.create(options) })
      assert.equal(jsonOf(answer).next, '/console/account?new')
      return passkey
    },
  }

  function openBrowser(agent: string): Browser {
    const cookies: Record<string, string> = {}
    const call = async (method: 'GET' | 'POST', path: string, sent: { form?: URLSearchParams; json?: unknown }) => {
      const { pathname, searchParams: query } = new URL(path, ORIGIN)
      for (const route of routes) {
        const match = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(pathname)
        if (route.method !== method || !match) continue
        const signedIn = cookies.holdfast ? await sessions.find(cookies.holdfast) : null
        const { form = null, json } = sent
        const params = { ...match.groups }
        const answer = await route.handle({ params, query, form, json, cookies, signedIn, address: '192.0.2.0', agent })
        for (const cookie of answer.setCookies ?? []) {
          const [, name, value] = /^([\w-]+)=([^;]*); Path=\/; HttpOnly; SameSite=Lax/.exec(cookie)!
          if (value === '') delete cookies[name!]
          else cookies[name!] = value!
        }
        return answer
      }
      throw new Error(`there is no route ${method} ${path}`)
    }
    const browser: Browser = {
      cookies,
      get: (path) => call('GET', path, {}),
      form: (path, fields) => call('POST', path, { form: new URLSearchParams(fields) }),
      json: (path, json) => call('POST', path, { json }),
      async submit(path, fields, from = path) {
        const csrf = /name="csrf" value="([^"]+)"/.exec(htmlOf(await browser.get(from)))![1]!
        return browser.form(path, { csrf, ...fields })
      },
    }
    return browser
  }

  for (const slug of ['westminster', 'hackney'])
    await made.give(slug, 'estate.add-organisation', { slug, name: `Invented ${slug}` })
  return made
}

export function htmlOf(answer: ConsoleAnswer): string {
  assert.ok('html' in answer, JSON.stringify(answer))
  return answer.html
}

export function redirectOf(answer: ConsoleAnswer): string {
  assert.ok('redirect' in answer, JSON.stringify(answer).slice(0, 500))
  return answer.redirect
}

export function jsonOf(answer: ConsoleAnswer): Record<string, unknown> {
  assert.ok('json' in answer, JSON.stringify(answer).slice(0, 500))
  return answer.json as Record<string, unknown>
}

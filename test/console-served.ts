import type { TestContext } from 'node:test'
import type { ConsolePage, ConsoleRoute, Exhibit, HttpOptions, SignedIn } from '../src/platform/http/index.ts'
import { serve } from './served.ts'

export const HERE = { 'sec-fetch-site': 'same-origin' }
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** People of two invented councils; each one's cookie is the name. The last proof of all but `late` is fresh. */
const PEOPLE: Record<string, SignedIn['organisations']> = {
  tess: [{ slug: 'ambridge', roles: ['tactical'] }],
  vera: [{ slug: 'ambridge', roles: ['viewer'] }],
  late: [{ slug: 'ambridge', roles: ['tactical'] }],
  both: [
    { slug: 'ambridge', roles: ['viewer'] },
    { slug: 'borchester', roles: ['viewer'] },
  ],
  bert: [{ slug: 'borchester', roles: ['admin', 'tactical', 'viewer'] }],
  none: [],
}
const NOW = Date.parse('2025-11-25T06:00:00Z')
const NAMES: Record<string, string> = { ambridge: 'Ambridge Council', borchester: 'Borchester Council' }

/** The console with given pages on a server of loopback, and people who are signed in without having had to prove anything. */
export async function serveConsole(
  t: TestContext,
  asked: {
    pages?: readonly ConsolePage[]
    routes?: readonly ConsoleRoute[]
    exhibits?: readonly Exhibit[]
    people?: Record<string, SignedIn['organisations']>
    /** What the pages order and ask is done by these. */
    behind?: Pick<HttpOptions, 'execute' | 'read'>
  } = {},
  publicUrl = 'https://holdfast.example.org',
) {
  const people = { ...PEOPLE, ...asked.people }
  const touched: string[] = []
  const ended = new Set<string>()
  const served = await serve(t, {
    publicUrl,
    ...asked.behind,
    console: {
      pages: asked.pages ?? [],
      routes: asked.routes ?? [],
      ...(asked.exhibits ? { exhibits: asked.exhibits } : {}),
      sessions: {
        async find(cookie, touch = true) {
          const organisations = people[cookie]
          if (!organisations || ended.has(cookie)) return null
          if (touch) touched.push(cookie)
          const provenAt = NOW - (cookie === 'late' ? 301_000 : 10_000)
          return {
            session: `session-${cookie}`,
            person: `p-${cookie}`,
            name: `Person ${cookie}`,
            provenAt,
            organisations,
          }
        },
        csrfOf: (session) => `csrf-of-${session}`,
        checkCsrf: (session, token) => token === `csrf-of-${session}`,
      },
      models: { position: () => 41 },
      sayWho: () => () => 'somebody',
      nameOf: (organisation) => NAMES[organisation] ?? null,
      now: () => NOW,
      realNow: () => NOW,
    },
  })
  const cookie = publicUrl.startsWith('https:') ? '__Host-holdfast' : 'holdfast'
  const as = (person: string | null) => (person === null ? {} : { cookie: `${cookie}=${person}` })
  return {
    ...served,
    touched,
    ended,
    get: (path: string, person: string | null, headers: Record<string, string> = {}) =>
      served.ask('GET', path, { ...as(person), ...headers }),
    /** A form with the person's own CSRF token, unless other fields say otherwise. */
    submit: (
      path: string,
      person: string | null,
      fields: Record<string, string> | URLSearchParams,
      headers: Record<string, string> = HERE,
    ) => {
      const form = new URLSearchParams(fields)
      if (person !== null && !form.has('csrf')) form.set('csrf', `csrf-of-session-${person}`)
      return served.ask('POST', path, { ...as(person), ...FORM, ...headers }, form.toString())
    },
  }
}

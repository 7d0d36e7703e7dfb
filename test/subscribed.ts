import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { createOutbox, deliverySchema } from '#contexts/delivery'
import { createSubscriptions, publicSiteSchema, subscriptionRoutes } from '#contexts/public-site'
import type { Database } from '#platform/database'
import { createLog } from '#platform/log'
import { createSealing, deriveKey } from '#platform/sealing'
import type { LanguageCode } from '#platform/words'
import { fillIn, type Words } from '../src/contexts/delivery/core/fill-in.ts'
import { freshDatabase } from './database.ts'
import { type HandMadeWorld, handMadeWorld } from './hand-made-world.ts'
import { serve } from './served.ts'

export interface Message extends Words {
  readonly message: string
  readonly person: string
  readonly channel: string
  readonly address: string
  readonly state: string
}

const MINUTE = 60_000
const URL_ = 'https://holdfast.example.org'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const CHANNELS = ['email', 'sms', 'web-push'] as const

/** Subscribers of an invented council on a real database and real HTTP, with the real outbox and nobody who carries out of it. */
export async function subscribed(
  t: TestContext,
  {
    world = 'live',
    offered = CHANNELS as readonly (typeof CHANNELS)[number][],
    secret = randomBytes(32),
    language = 'en-GB' as LanguageCode,
  } = {},
) {
  const database = await freshDatabase(t, { schemas: [deliverySchema, publicSiteSchema], poolSize: 8 })
  const made = handMadeWorld(Date.parse('2025-11-25T08:00:00Z'), world)
  const services = ['bins', 'housing', 'parks'].map((id) => ({
    id: `westminster/${id}`,
    name: `Invented ${id}`,
    statutory: false,
    needs: [{ anyOf: [`westminster/${id}-system`], atLeast: 1, strength: 'requires' as const }],
  }))
  const components = services.map(({ id, name }) => ({
    id: `${id}-system`,
    name: `${name} system`,
    kind: 'application' as const,
    needs: [],
  }))
  made.found('westminster', 'Invented Council', { components, services })
  if (language !== 'en-GB')
    made.record('westminster', { type: 'estate.languages-set', v: 1, data: { languages: [language] } })
  const at = { now: Date.parse('2030-01-01T00:00:00Z') }
  const clock = { now: () => at.now }
  const outbox = createOutbox({
    database,
    // Nobody here orders anything of the outbox.
    models: { ...made.models, of: (model, organisation) => model.initial(organisation) },
    secret,
    carriers: [],
    atOnce: 1,
    attempts: 1,
    exercises: true,
    isExercise: () => world !== 'live',
  })
  const options = { outbox, secret, url: URL_, settling: 2 * MINUTE, window: 15 * MINUTE, clock, clocks: made.clocks }
  const journal = { models: made.models, subscribe: () => () => {} }
  const subscriptions = createSubscriptions({ ...options, database, journal })
  const log = createLog({ destination: { write: (line) => assertQuiet(line) } })
  const served = await serve(t, {
    publicUrl: URL_,
    rawRoutes: subscriptionRoutes({
      subscribers: () => subscriptions.subscribers,
      models: made.models,
      offered: () => offered,
      vapidPublicKey: () => KEY,
      services: () => services.map(({ id, name }) => ({ slug: id.slice('westminster/'.length), name })),
      url: URL_,
    }),
  })
  const form = (path: string, fields: Record<string, string> | URLSearchParams = {}, headers = {}) =>
    served.ask('POST', path, { ...FORM, ...headers }, new URLSearchParams(fields).toString())
  const messages = () => readMessages(database, secret)
  let isolated = made.declare('westminster')
  return {
    ...served,
    database,
    world: made,
    at,
    secret,
    subscriptions,
    updates: subscriptions.updates(log),
    /** Another process on the same database. */
    beside: () => createSubscriptions({ ...options, database, journal }),
    form,
    messages,
    /** What was queued since the last call. */
    fresh: newOnly(messages),
    /** Asks and confirms, as a person would; the path of the link in every message. */
    async join(address: string, services: readonly string[] = []): Promise<string> {
      const field = address.includes('@') ? 'email' : 'sms'
      const fields = new URLSearchParams({ [field]: address })
      for (const service of services) fields.append('service', service)
      await form('/westminster/subscribe', fields)
      const asked = (await messages()).findLast((one) => one.address === address)!
      const confirm = /\/subscriptions\/confirm\/[\w-]+/.exec(asked.text)![0]
      const done = await form(confirm)
      return /href="(\/subscriptions\/[\w-]{43})"/.exec(done.text)![1]!
    },
    stopService(...ids: string[]) {
      made.isolate(
        'westminster',
        isolated,
        ids.map((id) => `westminster/${id}-system`),
      )
    },
    restoreService(...ids: string[]) {
      made.restore(
        'westminster',
        isolated,
        ids.map((id) => `westminster/${id}-system`),
      )
    },
    declare() {
      isolated = made.declare('westminster')
    },
    publish: (more: object = {}) => publish(made, more),
    pass(minutes: number) {
      at.now += minutes * MINUTE
      made.now += minutes * MINUTE
    },
  }
}

const KEY = `B${'a'.repeat(86)}`

function assertQuiet(line: string): void {
  if (/"level":(?:40|50|"warn"|"error")/.test(line)) throw new Error(line)
}

let statements = 0

/** A statement for residents. Made up. */
function publish(world: HandMadeWorld, more: object): void {
  statements += 1
  world.record('westminster', {
    type: 'statements.published',
    v: 1,
    data: {
      statement: statements,
      audience: 'residents',
      version: 1,
      incident: null,
      nextUpdateAt: '2025-11-25T15:00:00.000Z',
      services: [],
      breakGlass: true,
      wording: {
        headline: 'Some services have stopped',
        known: 'We know this.',
        notKnown: '',
        doing: '',
        advice: '',
        next: '',
      },
      ...more,
    },
  })
}

async function readMessages(database: Database, secret: Buffer): Promise<Message[]> {
  const sealing = createSealing(deriveKey(secret, 'delivery seal'))
  const rows = await database.query<{
    delivery: string
    content: string
    message: string
    person: string
    channel: string
    state: string
    sealed: Buffer | null
    words: Buffer | null
  }>(
    '',
    `select delivery, content, d.message, person, d.channel, state, d.sealed, c.sealed as words
     from delivery.delivery d join delivery.content c using (content) order by delivery`,
  )
  return rows.flatMap(({ delivery, content, sealed, words, ...row }) => {
    if (!sealed || !words) return []
    const [address, fields] = JSON.parse(sealing.open(sealed, delivery)!)
    return [{ ...row, address, ...fillIn(JSON.parse(sealing.open(words, content)!), fields) }]
  })
}

function newOnly(messages: () => Promise<Message[]>): () => Promise<Message[]> {
  let seen = 0
  return async () => {
    const all = await messages()
    const fresh = all.slice(seen)
    seen = all.length
    return fresh
  }
}

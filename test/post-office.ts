import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Batch, Outcome } from '#contexts/delivery'
import { isRefusal, operator } from '#kernel'
import { type Config, readConfig } from '#platform/config'
import { createLog } from '#platform/log'
import { type Application, openApplication } from '../src/main/application.ts'
import { type Sending, sendInBackground } from '../src/main/send.ts'
import { freshDatabaseUrl, temporaryDirectory } from './database.ts'

/** One process of an installation that sends, inside the process of the test. */
export interface PostOffice extends Application {
  readonly outcomes: Outcome[]
  readonly said: string[]
  /** The variables by which another process finds the same database and keys. */
  readonly place: Record<'DATABASE_URL' | 'HOLDFAST_DATA', string>
  queue(batch: Partial<Batch> & Pick<Batch, 'message'>, people: number | Batch['recipients']): Promise<number>
  order(command: string, input: object): Promise<void>
  /** Rows of the outbox, with every column. */
  rows(where?: string): Promise<Row[]>
  /** How many rows stand how. */
  states(): Promise<Record<string, number>>
  begin(): Promise<Sending>
  beside(): Promise<PostOffice>
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into rows as they like
type Row = Record<string, any>

export async function openPostOffice(t: TestContext, environment: Record<string, string>): Promise<PostOffice> {
  const place = { databaseUrl: await freshDatabaseUrl(t), dataDirectory: temporaryDirectory(t) }
  const office = await open(t, environment, place)
  for (const [slug, caller] of [
    ['borchester', operator],
    ['ambridge', { actor: { kind: 'exercise', id: 'invented' } as const, roles: ['admin'] as const }],
  ] as const) {
    const input = { slug, name: `Invented ${slug}` }
    const done = await office.execute({ organisation: slug, command: 'estate.add-organisation', input, caller })
    if (isRefusal(done)) throw new Error(done.detail)
  }
  return office
}

async function open(
  t: TestContext,
  environment: Record<string, string>,
  place: { databaseUrl: string; dataDirectory: string },
): Promise<PostOffice> {
  const config = readConfig(environment) as Config
  if (isRefusal(config)) throw new Error(config.detail)
  const application = await openApplication({ ...config, ...place }, () => {})
  const { database, outbox, execute } = application
  const said: string[] = []
  const outcomes: Outcome[] = []
  outbox.onOutcome((outcome) => void outcomes.push(outcome))
  let sending: Sending | null = null
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= (async () => {
      await sending?.stop()
      await application.close()
    })()
    return closing
  }
  t.after(close)
  const office: PostOffice = {
    ...application,
    place: { DATABASE_URL: place.databaseUrl, HOLDFAST_DATA: place.dataDirectory },
    outcomes,
    said,
    close,
    queue: ({ message, ...more }, people) =>
      database.transaction((tx) =>
        outbox.enqueue(tx, {
          message,
          batch: message,
          organisation: 'borchester',
          channel: 'email',
          content: { subject: 'Bins', text: 'Invented words' },
          recipients: typeof people === 'number' ? invented(people) : people,
          ...more,
        }),
      ),
    async order(command, input) {
      const outcome = await execute({ organisation: 'borchester', command, input, caller: operator })
      if (isRefusal(outcome)) throw new Error(`${outcome.refused}: ${outcome.detail}`)
    },
    rows: (where = 'true') =>
      database.query('', `select * from delivery.delivery where ${where} order by queued_at, delivery`),
    async states() {
      const rows = await database.query<{ state: string; count: number }>(
        '',
        'select state, count(*)::integer as count from delivery.delivery group by state',
      )
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
    async begin() {
      sending = await sendInBackground(
        application,
        createLog({ destination: { write: (line) => void said.push(line) } }),
      )
      return sending
    },
    async beside() {
      const dataDirectory = temporaryDirectory(t)
      cpSync(join(place.dataDirectory, 'keys'), join(dataDirectory, 'keys'), { recursive: true })
      return open(t, environment, { ...place, dataDirectory })
    },
  }
  return office
}

function invented(count: number): Batch['recipients'] {
  return Array.from({ length: count }, (_, one) => ({ person: `person-${one}`, address: `invented${one}@example.org` }))
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findToken, organisationOf, sessionOf } from '#contexts/access'
import { receiptRoute } from '#contexts/delivery'
import { exerciseClockOf } from '#contexts/exercise'
import { createPublisher, openRegister, placeOf, type RegisterDesk, type Subscriptions } from '#contexts/public-site'
import type { Entry } from '#kernel'
import type { Config } from '#platform/config'
import { DatabaseUnavailable } from '#platform/database'
import { createHttpServer } from '#platform/http'
import type { Log } from '#platform/log'
import { type Application, openApplication } from './application.ts'
import { noteOf, type ServerNote, speedOf } from './cli/open.ts'
import { consoleOf } from './console.ts'
import { editionOf } from './edition.ts'
import { withPort } from './free-port.ts'
import { readGallery, showsGallery } from './gallery.ts'
import { createLate } from './late.ts'
import { databaseLog } from './log-lines.ts'
import { logRoutes } from './log-routes.ts'
import { problems } from './problems.ts'
import { publicRoutes } from './public-routes.ts'
import { declared } from './rooms.ts'
import { deliveryGauges, type Sending, sendInBackground } from './send.ts'
import { signInBackground } from './sign.ts'
import { openSubscriptions, updatesRoutes } from './subscriptions.ts'

const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

export interface Server {
  readonly port: number
  /** The address that people see in links. */
  readonly url: string
  readonly application: Application
  /** Resolves when all that was recorded before is on the public pages. */
  published(): Promise<void>
  close(): Promise<void>
}

/**
 * Serves the last publication at once, then opens the database, retrying while it is out of reach, and joins the rest.
 * Throws what only a person can mend: a data directory in use or damaged, a journal that is not whole, a port that is taken.
 */
export async function startServer(
  asked: Config,
  log: Log,
  progress?: (read: number, all: number) => void,
): Promise<Server> {
  const config = await withPort(asked)
  const late = createLate()
  let register: RegisterDesk | null = null
  let sending: Sending | null = null
  let subscriptions: Subscriptions | null = null
  const publisher = createPublisher({
    models: late.models,
    clocks: late.clocks,
    directory: join(config.dataDirectory, 'publications'),
    url: config.url,
    region: config.region,
    log,
    register: () => register,
    places: config.publish ? [placeOf(config.publish)] : [],
    speed: (organisation) => speedOf(late.models, organisation),
    settled: async () => late.application?.journal.settled(),
    catchUp: async () => late.application?.journal.catchUp(),
  })
  const http = await createHttpServer({
    ...declared(),
    execute: (instruction) => late.application?.execute(instruction) ?? Promise.resolve(late.starting()),
    read: (question) => late.application?.read(question) ?? Promise.resolve(late.starting()),
    authenticate(bearer) {
      const organisation = organisationOf(bearer)
      if (organisation === null) return null
      const found = findToken(late.models, bearer, late.clocks.of(organisation).now())
      return found && sessionOf(found)
    },
    starting: () => (late.application ? null : late.starting()),
    exerciseOf: (organisation) => exerciseClockOf(late.models, organisation)?.exercise ?? null,
    publication: publisher,
    rawRoutes: [
      ...logRoutes(late),
      ...updatesRoutes(late, config, () => subscriptions),
      ...publicRoutes(late, publisher, config.url),
      receiptRoute(config.delivery.notify?.callbackToken ?? null, () => sending?.sender ?? null),
    ],
    console: consoleOf(late, config.url, showsGallery() ? await readGallery() : null, () => subscriptions),
    changes: {
      read: async (organisation, after, limit) =>
        (await late.application?.journal.readEntries({ organisation, after, limit }))?.map(toChange) ?? [],
      subscribe: (hear) => {
        if (!late.application) throw new Error('nothing can be heard before the database is open')
        return late.application.journal.subscribe((entries) => hear(entries.map(toChange)))
      },
    },
    health: {
      async ready() {
        if (!late.application) return { ready: false, problems: ['the database is not open yet'] }
        const reachable = await late.application.database.reachable()
        return { ready: reachable, problems: reachable ? [] : ['the database cannot be reached'] }
      },
    },
    gauges: [
      ...deliveryGauges(() => sending),
      {
        name: 'holdfast_publication_revision',
        help: 'Revision of the public pages in service',
        read: () => publisher.revision(),
      },
      ...publisher.places().flatMap(({ name }, place) => [
        {
          name: `holdfast_publication_${name}_revision`,
          help: `Newest revision that is complete in the ${name}`,
          read: () => publisher.places()[place]!.revision,
        },
        {
          name: `holdfast_publication_${name}_behind_seconds`,
          help: `How long the ${name} has been waiting for the newest revision`,
          read: () => publisher.places()[place]!.behind / 1000,
        },
      ]),
      {
        name: 'holdfast_journal_entries',
        help: 'Entries in all journals',
        read: () => late.models.organisations().reduce((sum, one) => sum + late.models.position(one), 0),
      },
    ],
    problems,
    log,
    publicUrl: config.url,
    version,
  })

  const stops: (() => void | Promise<void>)[] = []
  const close = async () => {
    await http.close()
    for (const stop of stops.reverse()) await stop()
    await publisher.close()
    await late.application?.close()
  }
  try {
    await publisher.loadLast()
    const { port } = await http.listen(config.port, config.host)
    const application = await openPatiently(config, log, progress)
    subscriptions = openSubscriptions(application, config)
    application.outbox.onOutcome(subscriptions.heard)
    late.application = application
    register = openRegister(application.database, editionOf(config))
    const changed = (entries: readonly Entry[]) =>
      publisher.changed([...new Set(entries.map((one) => one.organisation))])
    stops.push(application.journal.subscribe(changed), signInBackground(application, log))
    const updates = subscriptions.updates(log)
    updates.start()
    stops.push(() => updates.stop())
    stops.push(await register.listen(() => publisher.heard()))
    publisher.changed(application.journal.models.organisations())
    sending = await sendInBackground(application, log)
    stops.push(sending.stop)
    const note: ServerNote = { pid: process.pid, url: config.url, database: application.database.info.address }
    writeFileSync(noteOf(config.dataDirectory), JSON.stringify(note), { mode: 0o600 })
    // Only by whoever wrote it: a second process, refused, must leave the first one's.
    stops.push(() => rmSync(noteOf(config.dataDirectory), { force: true }))
    return { port, url: config.url, application, published: () => publisher.flush(), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openPatiently(
  config: Config,
  log: Log,
  progress?: (read: number, all: number) => void,
): Promise<Application> {
  for (let wait = 250; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await openApplication(config, databaseLog(log), progress)
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
      log.warn({ event: 'database-out-of-reach', reason: error.message, retryInMilliseconds: wait })
      await sleep(wait)
    }
  }
}

function toChange({ organisation, number, type, recordedAt }: Entry) {
  return { organisation, number, type, recordedAt }
}

import {
  type Command,
  createExecute,
  createRead,
  createStreamStates,
  type Execute,
  type Query,
  type Read,
} from '#command'
import { createKeys, createSessions, type Keys, type SessionDesk } from '#contexts/access'
import { carriersOf, createOutbox, type OutboxDesk } from '#contexts/delivery'
import { LIVE, worldOf } from '#contexts/estate'
import { createClocks, type ExerciseClocks } from '#contexts/exercise'
import { type Journal, openJournal } from '#journal'
import { type Clock, systemClock } from '#kernel'
import { type Config, NO_DELIVERY } from '#platform/config'
import { type Database, type Log, migrate, openDatabase } from '#platform/database'
import { installationSecret } from './installation-secret.ts'
import { declared, rooms } from './rooms.ts'
import { schemas } from './schemas.ts'
import { holdToJournals, steady } from './steady-clock.ts'

export interface Application {
  readonly database: Database
  readonly journal: Journal
  readonly clocks: ExerciseClocks
  readonly commands: ReadonlyMap<string, Command>
  readonly queries: ReadonlyMap<string, Query>
  readonly execute: Execute
  readonly read: Read
  readonly keys: Keys
  readonly sessions: SessionDesk
  readonly outbox: OutboxDesk
  close(): Promise<void>
}

/** Opens the database, brings its schema up to date, checks and reads every journal, and wires the rooms together. */
export async function openApplication(
  config: Pick<Config, 'databaseUrl' | 'dataDirectory' | 'postgres'> & Partial<Pick<Config, 'delivery'>>,
  log: Log,
  progress?: (read: number, all: number) => void,
  real: Clock = systemClock,
): Promise<Application> {
  const { databaseUrl, dataDirectory, postgres } = config
  const database = await openDatabase({ databaseUrl, dataDirectory, log, prefer: postgres ?? undefined })
  try {
    await migrate(database, schemas)
    const clock = steady(real)
    const clocks = createClocks(() => journal.models, clock)
    const journal: Journal = await openJournal({
      database,
      clocks,
      dataDirectory,
      declarations: rooms.flatMap((room) => room.events),
      models: rooms.flatMap((room) => room.models),
      log,
      ...(progress ? { progress } : {}),
    })
    await holdToJournals(clock, journal, clocks.exerciseOf)
    const inner = rooms.flatMap((room) => room.inner ?? [])
    const instructions = declared(
      () => journal,
      () => outbox,
    )
    const commands = new Map([...instructions.commands, ...inner].map((command) => [command.name, command]))
    const queries = new Map(instructions.queries.map((query) => [query.name, query]))
    const states = createStreamStates(journal)
    const secret = installationSecret(dataDirectory)
    const keys = createKeys(secret)
    const messages = config.delivery ?? NO_DELIVERY
    const outbox: OutboxDesk = createOutbox({
      database,
      models: journal.models,
      secret,
      carriers: carriersOf(messages, secret),
      atOnce: messages.atOnce,
      attempts: messages.attempts,
      exercises: messages.exercises === 'on',
      isExercise: (organisation) =>
        (worldOf(journal.models, organisation) ?? LIVE) !== LIVE || clocks.exerciseOf(organisation) !== null,
    })
    return {
      database,
      journal,
      clocks,
      commands,
      queries,
      execute: createExecute({ commands, journal, states, clocks }),
      read: createRead({ queries, journal, clocks }),
      keys,
      sessions: createSessions({ database, models: journal.models, clocks, clock: real, keys }),
      outbox,
      async close() {
        await journal.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

import type { TestContext } from 'node:test'
import { type Command, createExecute, createRead, createStreamStates, type Done, type Query, type Room } from '#command'
import { estateOf, LIVE, worldOf } from '#contexts/estate'
import { type Journal, journalSchema, openJournal } from '#journal'
import {
  type Actor,
  type Caller,
  type Clocks,
  isRefusal,
  type Millis,
  parseInstant,
  type Refusal,
  type Role,
} from '#kernel'
import { openDatabase } from '#platform/database'
import { estate } from '../src/contexts/estate/room.ts'
import { incident } from '../src/contexts/incident/room.ts'
import { freshDatabaseUrl, temporaryDirectory } from './database.ts'

export interface By {
  /** One role, or all of these; `tactical` unless said. */
  readonly role?: Role | readonly Role[]
  readonly actor?: Actor
  /** The command id. */
  readonly id?: string
}

/** Whatever a query answers: tests look into it as they like. */
// biome-ignore lint/suspicious/noExplicitAny: answers differ by query, and the assertions say what is expected
export type Read = any

/** The whole core without HTTP: real PostgreSQL, real journal, real rooms, and clocks that the test moves. */
export interface House {
  readonly journal: Journal
  readonly commands: ReadonlyMap<string, Command>
  readonly queries: ReadonlyMap<string, Query>
  /** What was answered, whether done or refused. */
  ask(organisation: string, command: string, input: unknown, by?: By): Promise<(Done & Read) | Refusal>
  /** As `ask`; throws where it is refused. */
  give(organisation: string, command: string, input: unknown, by?: By): Promise<Done & Read>
  /** The refusal; throws where the command is done. */
  refused(organisation: string, command: string, input: unknown, by?: By): Promise<Refusal>
  read(organisation: string, query: string, input?: object, by?: By): Promise<Read>
  /** Adds an organisation to the live world, or to the exercise of this name, with its estate. */
  found(slug: string, options?: { exercise?: string; estate?: string | undefined }): Promise<void>
  /** Sets the clock of the live world, or of the exercise of this name. */
  at(time: string | Millis, world?: string): void
  /** Another process on the same database, with the same clocks. */
  beside(): Promise<House>
}

/** Opens a house on a fresh database, with its clocks standing at 08:00 on 25 November 2025. It ends with its test. */
export async function openHouse(t: TestContext, rooms: readonly Room[] = [estate, incident]): Promise<House> {
  const url = await freshDatabaseUrl(t, { schemas: [journalSchema] })
  const dataDirectory = temporaryDirectory(t)
  const times = new Map<string, Millis>([[LIVE, parseInstant('2025-11-25T08:00:00Z')!]])
  return openOn(t, { url, dataDirectory, times, rooms })
}

interface Ground {
  readonly url: string
  readonly dataDirectory: string
  readonly times: Map<string, Millis>
  readonly rooms: readonly Room[]
}

async function openOn(t: TestContext, ground: Ground): Promise<House> {
  const { url, dataDirectory, times, rooms } = ground
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '', poolSize: 4 })
  const clocks: Clocks = {
    of: (organisation) => ({
      now: () => times.get(worldOf(journal.models, organisation) ?? LIVE) ?? times.get(LIVE)!,
    }),
  }
  const journal: Journal = await openJournal({
    database,
    clocks,
    dataDirectory,
    declarations: rooms.flatMap((room) => room.events),
    models: rooms.flatMap((room) => room.models),
    log: ({ level, msg, detail }) => {
      if (level === 'error') throw new Error(`${msg}: ${detail}`)
    },
  })
  t.after(async () => {
    await journal.close()
    await database.close()
  })
  const commands = new Map(rooms.flatMap((room) => room.commands).map((command) => [command.name, command]))
  const queries = new Map(rooms.flatMap((room) => room.queries).map((query) => [query.name, query]))
  const execute = createExecute({ commands, journal, states: createStreamStates(journal), clocks })
  const read = createRead({ queries, journal, clocks })

  const house: House = {
    journal,
    commands,
    queries,
    ask: (organisation, command, input, by = {}) =>
      execute({ organisation, command, input, caller: callerOf(by), ...(by.id === undefined ? {} : { id: by.id }) }),
    async give(organisation, command, input, by) {
      const outcome = await house.ask(organisation, command, input, by)
      if (isRefusal(outcome)) throw new Error(`${command} was refused: ${outcome.refused}: ${outcome.detail}`)
      return outcome
    },
    async refused(organisation, command, input, by) {
      const outcome = await house.ask(organisation, command, input, by)
      if (!isRefusal(outcome)) throw new Error(`${command} was done: ${JSON.stringify(outcome).slice(0, 300)}`)
      return outcome
    },
    read: (organisation, query, input = {}, by = {}) =>
      read({ organisation, query, input, caller: callerOf({ role: 'viewer', ...by }) }),
    async found(slug, { exercise, estate: text } = {}) {
      const actor: Actor = exercise ? { kind: 'exercise', id: exercise } : { kind: 'operator' }
      await house.give(slug, 'estate.add-organisation', { slug, name: `Invented ${slug}` }, { role: 'admin', actor })
      if (text === undefined) return
      const files = [{ name: `${slug}.yaml`, text }]
      await house.give(slug, 'estate.import', { files }, { role: 'admin', actor })
      if (!estateOf(journal.models, slug)?.components.length) throw new Error(`${slug} has no estate`)
    },
    at(time, world = LIVE) {
      times.set(world, typeof time === 'number' ? time : parseInstant(time)!)
    },
    beside: () => openOn(t, ground),
  }
  return house
}

function callerOf({ role = 'tactical', actor = { kind: 'token', id: 'test' } }: By): Caller {
  return { actor, roles: typeof role === 'string' ? [role] : role }
}

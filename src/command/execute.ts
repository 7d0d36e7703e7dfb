import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import canonicalize from 'canonicalize'
import type { Journal } from '#journal'
import {
  type Caller,
  type Clocks,
  type Decision,
  type Event,
  isRefusal,
  type JsonObject,
  mayAct,
  type Refusal,
  uuidv7,
} from '#kernel'
import { check } from './check.ts'
import type { Answered, Command, Context, Given, Query } from './declare.ts'
import { refuse } from './refusals.ts'
import type { StreamStates } from './stream-states.ts'
import { createTurns } from './turns.ts'
import { unfitText } from './unfit.ts'

export interface Instruction {
  readonly organisation: string
  readonly command: string
  readonly input: unknown
  readonly caller: Caller
  /** The caller's own id for this command: sent again, it is answered as the first time. Made up where absent. */
  readonly id?: string
}

/** `entries`: numbers in the organisation's journal; an empty list means "already so". */
export type Done = { readonly entries: readonly number[] } & JsonObject
export type Outcome = Done | Refusal

export type Execute = (instruction: Instruction) => Promise<Outcome>

/** Two processes on one stream each lose every second time: eight in a row was met, twenty-five will not be. */
const RETRIES = 24
const LONGEST_PAUSE_MILLIS = 20
const ID = /^[\x21-\x7e]{1,128}$/

/**
 * The one way in. Authorise, check, gather facts, fold the stream, decide, append at the version that was read; after a
 * conflict, from the facts again.
 */
export function createExecute(options: {
  commands: ReadonlyMap<string, Command>
  journal: Journal
  states: StreamStates
  clocks: Clocks
}): Execute {
  const { commands, journal, states, clocks } = options
  const turns = createTurns()
  return async ({ organisation, command: name, input, caller, id = uuidv7() }) => {
    const command = commands.get(name)
    if (!command) return refuse('unknown-command', `${name} is not a command. GET /api/openapi.json lists them.`)
    const standing = standingRefusal(command, organisation, caller, journal)
    if (standing) return standing
    if (!ID.test(id)) return refuse('command-id-malformed', 'Use 1 to 128 printable ASCII characters without spaces.')
    const malformed = check(command.input, input)
    if (malformed) return malformed
    const digest = digestOf(name, input, caller)
    const fresh = uuidv7()
    const stream = command.stream(input as never, fresh)

    /** Null after a conflict: another process was first. */
    const attempt = async (): Promise<Outcome | null> => {
      const now = clocks.of(organisation).now()
      const context: Context = { organisation, now, models: journal.models }
      const facts = command.facts ? await command.facts(input as never, context) : undefined
      if (isRefusal(facts)) return (await repeatOf(journal, organisation, id, digest)) ?? facts
      const { version, state } = await states.load(organisation, stream, command.decider)
      const given: Given<unknown, unknown> = { ...context, input, facts, actor: caller.actor, id: fresh }
      const decided = command.decide(state as never, given as never)
      if (isRefusal(decided)) return (await repeatOf(journal, organisation, id, digest)) ?? decided
      const { events, answer } = toAnswered(decided)
      const result = await journal.append({
        organisation,
        stream,
        expectedVersion: version,
        events,
        actor: caller.actor,
        command: { id, digest, answer },
      })
      if (result.kind === 'appended') return { ...answer, entries: result.entries.map((entry) => entry.number) }
      if (result.kind === 'repeated') return repeatedAnswer(result, digest)
      states.forget(organisation, stream)
      await journal.catchUp(organisation)
      return null
    }

    // Commands of one process on one stream would only overtake each other: they take turns.
    return turns.take(`${organisation} ${stream}`, async () => {
      for (let attempts = 0; attempts <= RETRIES; attempts++) {
        const outcome = await attempt()
        if (outcome) return outcome
        // By chance, or those who lost together would lose together again.
        await sleep(Math.random() * Math.min(attempts, LONGEST_PAUSE_MILLIS))
      }
      return refuse('too-busy', 'Nothing was recorded. Look at what has changed, then give the command again.')
    })
  }
}

export type Read = (question: {
  organisation: string
  query: string
  input: unknown
  caller: Caller
}) => Promise<object>

/** Answers a query for a caller: the same gate as commands, and no way to change anything. */
export function createRead(options: { queries: ReadonlyMap<string, Query>; journal: Journal; clocks: Clocks }): Read {
  const { queries, journal, clocks } = options
  return async ({ organisation, query: name, input, caller }) => {
    const query = queries.get(name)
    if (!query) return refuse('unknown-query', `${name} cannot be read. GET /api/openapi.json lists what can.`)
    const standing = standingRefusal(query, organisation, caller, journal)
    if (standing) return standing
    const malformed = check(query.input, input)
    if (malformed) return malformed
    return (await query.read(input as never, {
      organisation,
      now: clocks.of(organisation).now(),
      models: journal.models,
      readJournal: (after, limit) => journal.readEntries({ organisation, after, limit }),
    })) as object
  }
}

function standingRefusal(
  declared: Command | Query,
  organisation: string,
  caller: Caller,
  journal: Journal,
): Refusal | null {
  if (!mayAct(caller, declared.roles)) {
    const mine = caller.roles.length ? caller.roles.join(', ') : 'no role'
    return refuse(
      'role-needed',
      `${declared.name} needs one of these roles at ${organisation}: ${declared.roles.join(', ')}. You hold: ${mine}.`,
    )
  }
  const founds = 'founds' in declared && declared.founds
  if (unfitText(organisation) || (journal.models.position(organisation) === 0 && !founds))
    return refuse(
      'unknown-organisation',
      `${organisation} is not an organisation here. Check the spelling, or add it first.`,
    )
  return null
}

function toAnswered(decided: Exclude<Decision, Refusal> | Answered<Event>): Answered<Event> {
  return 'events' in decided ? decided : { events: decided, answer: {} }
}

/** Tells a repeat of the same command from another command under the same id. */
function digestOf(name: string, input: unknown, caller: Caller): string {
  const text = canonicalize([name, input, caller.actor])
  return createHash('sha256').update(text!).digest('hex')
}

/** A refused command may be a repeat of one that was done: what it would change is already so. */
async function repeatOf(journal: Journal, organisation: string, id: string, digest: string): Promise<Outcome | null> {
  const known = await journal.answerOf(organisation, id)
  return known ? repeatedAnswer(known, digest) : null
}

function repeatedAnswer(
  known: { digest: string; numbers: readonly number[]; answer: JsonObject },
  digest: string,
): Outcome {
  if (known.digest !== digest)
    return refuse(
      'command-id-reused',
      'It was used before for another command or input. Make up a new id for each command.',
    )
  return { ...known.answer, entries: [...known.numbers] }
}

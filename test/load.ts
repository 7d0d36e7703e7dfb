import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './ask.ts'

interface Given {
  readonly key: string
  readonly path: string
  readonly token: string
  readonly body: object
}

/** What callers have been told, and what they were left without an answer to. */
export interface Load {
  /** Journal numbers by the key of the command that was answered with them. */
  readonly acknowledged: Map<string, readonly number[]>
  readonly unanswered: Map<string, Given>
  /** Answers that no caller should ever meet, in words. */
  readonly wrong: string[]
  /** Gives commands until `stop`, each caller one after another; resolves when all have stopped. */
  run(port: number, stop: AbortSignal): Promise<void>
  /** Gives each unanswered command again, with its key, until it is answered; waits as long as it is told to. */
  retry(port: number): Promise<void>
}

export interface Caller {
  readonly organisation: string
  readonly token: string
  /** Whether it also writes into an incident that all share. */
  readonly incident: string
}

/** Against hangs alone: a token may give 600 commands a minute, and a slow machine leaves many to be given again. */
const PATIENCE_MILLIS = 110_000
/** Whom nobody answers does not ask again at once. */
const REFUSED_MILLIS = 50

type Ask = (port: number, method: string, path: string, asked: object) => Promise<Answer>

/** Callers that record things, each command with an Idempotency-Key of its own. */
export function createLoad(ask: Ask, name: string, callers: readonly Caller[], pause = 2): Load {
  const acknowledged = new Map<string, readonly number[]>()
  const unanswered = new Map<string, Given>()
  const wrong: string[] = []
  let count = 0

  function next({ organisation, token, incident }: Caller): Given {
    count += 1
    const key = `${name}-${count}`
    const [command, body] =
      count % 3 === 0
        ? ['incident.declare', { title: `Invented ${key}`, summary: 'Invented for a test' }]
        : ['incident.record-assumption', { incident, assumption: `Invented ${key}`, reviewAt: '2099-01-01T00:00:00Z' }]
    return { key, path: `/api/v1/${organisation}/${command}`, token, body: body as object }
  }

  /** Resolves to the milliseconds that its caller is asked to wait. */
  async function give(port: number, one: Given): Promise<number> {
    unanswered.set(one.key, one)
    const answer = await ask(port, 'POST', one.path, one)
    if (answer.status === 200) {
      const { entries } = answer.json()
      const before = acknowledged.get(one.key)
      if (entries.length !== 1 || (before && before[0] !== entries[0]))
        wrong.push(`${one.key} was answered ${entries} after ${before}`)
      acknowledged.set(one.key, entries)
      unanswered.delete(one.key)
    } else if (answer.status !== 503 && answer.status !== 429 && answer.json().code !== 'too-busy')
      wrong.push(`${one.key}: ${answer.status} ${answer.text}`)
    return answer.status === 200 ? 0 : Number(answer.headers['retry-after'] ?? 0.1) * 1000
  }

  return {
    acknowledged,
    unanswered,
    wrong,
    async run(port, stop) {
      const work = callers.map(async (caller) => {
        while (!stop.aborted) {
          const cutOff = await give(port, next(caller)).then(
            () => false,
            () => true,
          )
          if (!stop.aborted) await sleep(cutOff ? REFUSED_MILLIS : pause)
        }
      })
      await Promise.all(work)
    },
    async retry(port) {
      const until = Date.now() + PATIENCE_MILLIS
      while (unanswered.size > 0) {
        if (Date.now() > until) throw new Error(`${unanswered.size} commands are never answered`)
        const waits = await Promise.all([...unanswered.values()].map((one) => give(port, one).catch(() => 100)))
        await sleep(Math.max(...waits))
      }
    },
  }
}

interface JournalEntry {
  readonly number: number
  readonly command: string | null
  readonly recordedAt: string
}

/** The whole journal over HTTP, as anybody with a role may read it. */
export async function journalOf(ask: Ask, port: number, organisation: string, token: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (let after: number | null = 0; after !== null; ) {
    const path: string = `/api/v1/${organisation}/journal?after=${after}&limit=1000`
    const answer: Answer = await ask(port, 'GET', path, { token })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    const page = answer.json()
    entries.push(...page.entries)
    after = page.next
  }
  return entries
}

/** What a journal shows against what its callers were told: every way in which they differ, in words. */
export function differences(entries: readonly JournalEntry[], { acknowledged, wrong }: Load): string[] {
  const found = [...wrong]
  const byCommand = Map.groupBy(entries, (entry) => entry.command)
  let before: JournalEntry | null = null
  for (const entry of entries) {
    if (entry.number !== (before?.number ?? 0) + 1) found.push(`${entry.number} follows ${before?.number}`)
    if (before && entry.recordedAt < before.recordedAt)
      found.push(`${entry.number} is recorded before ${before.number}`)
    before = entry
  }
  for (const [key, numbers] of acknowledged) {
    const kept = byCommand.get(key)?.map((entry) => entry.number) ?? []
    if (kept.join() !== numbers.join())
      found.push(`${key} was answered ${numbers} and is kept at ${kept.join() || 'none'}`)
  }
  return found
}

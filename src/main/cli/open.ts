import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Done } from '#command'
import { exerciseClockOf } from '#contexts/exercise'
import type { Models } from '#journal'
import { isRefusal, operator, type Refusal } from '#kernel'
import { type Config, readConfig } from '#platform/config'
import type { Log } from '#platform/database'
import { type Application, openApplication } from '../application.ts'
import { Complaint } from './verb.ts'

export function configOf(flags: Record<string, string | undefined>): Config {
  const { port, host, data } = flags
  const config = readConfig(process.env, { port, host, data })
  if (isRefusal(config)) throw new Complaint(config.detail)
  return config
}

/** What a running server leaves in its data directory for the command line of the same machine. */
export interface ServerNote {
  readonly pid: number
  readonly url: string
  /** Null where it was told a DATABASE_URL: that may hold a password, and is written nowhere. */
  readonly database: string | null
}

export const noteOf = (dataDirectory: string) => join(dataDirectory, 'server.json')

/** The server that has this data directory open, if one runs. */
export function runningServer(config: Config): ServerNote | null {
  try {
    const note = JSON.parse(readFileSync(noteOf(config.dataDirectory), 'utf8')) as ServerNote
    process.kill(note.pid, 0)
    return note
  } catch {
    return null
  }
}

export const quiet: Log = (line) => {
  if (line.level === 'error') process.stderr.write(`${line.msg}${line.detail ? `: ${line.detail}` : ''}\n`)
}

/**
 * Holdfast for one verb of the command line. While a server has the data directory, its database is asked and the
 * directory itself is left alone; what is appended reaches the server at once.
 */
export async function withApplication<T>(
  flags: Record<string, never>,
  work: (application: Application, config: Config) => Promise<T>,
): Promise<T> {
  const config = configOf(flags)
  const running = config.databaseUrl === null ? runningServer(config) : null
  if (running && running.database === null)
    throw new Complaint(
      `The server that runs on ${config.dataDirectory} was given a DATABASE_URL. Set the same for this command.`,
    )
  const application = await openApplication(running ? { ...config, databaseUrl: running.database } : config, quiet)
  try {
    return await work(application, config)
  } finally {
    await application.close()
  }
}

/** Gives a command as the owner of this machine; a refusal becomes the one line on stderr. */
export async function order(
  application: Application,
  organisation: string,
  command: string,
  input: unknown,
): Promise<Done> {
  const outcome = await application.execute({ organisation, command, input, caller: operator })
  if (isRefusal(outcome)) throw new Complaint(complaint(outcome))
  return outcome as Done
}

export function complaint(refusal: Refusal): string {
  const lines = refusal.errors && refusal.errors.length > 1 ? refusal.errors.map((error) => `  ${error.detail}`) : []
  return [`${refusal.title}. ${refusal.detail}`, ...lines].join('\n')
}

/** Warns on stderr whose printed answers are an exercise's. */
export function exerciseMark(application: Application, organisation: string): string {
  return application.clocks.exerciseOf(organisation) === null ? '' : 'EXERCISE '
}

/** How fast an organisation's clock runs. */
export function speedOf(models: Models, organisation: string): number {
  return exerciseClockOf(models, organisation)?.speed ?? 1
}

import type { ParseArgsOptionsConfig } from 'node:util'

/** One verb of the command line. `run` gives the exit status; it throws UsageError (2) or Complaint (1). */
export interface Verb {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  readonly run: (values: Record<string, never>, positionals: readonly string[]) => Promise<number>
}

export class UsageError extends Error {}

/** Something is refused or found wrong: its message is the one clear line on stderr. */
export class Complaint extends Error {}

interface Values {
  readonly [name: string]: string | boolean | (string | boolean)[] | undefined
}

export function text(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function needed(values: Values, name: string): string {
  const value = text(values, name)
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

export function texts(values: Values, name: string): string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

export function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Data directory and port, which every verb that opens Holdfast takes. */
export const place = { data: { type: 'string' } } as const satisfies ParseArgsOptionsConfig

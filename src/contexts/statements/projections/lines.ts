import type { Model } from '#journal'
import type { Audience, LinePart, StatementsEvent } from '../core/events.ts'
import type { StatementsEntry } from './entry.ts'

/** What a person has us say in every statement until it is removed. The text is null where it was erased. */
export interface StandingLine {
  readonly line: string
  readonly part: LinePart
  readonly audiences: readonly Audience[]
  readonly text: string | null
  /** The entry that set it. */
  readonly entry: number
}

type Heard = Extract<StatementsEvent['type'], `statements.line-${string}`>
const TYPES: readonly Heard[] = ['statements.line-set', 'statements.line-removed']

/** Which standing lines are in force, in the order in which they were first set? */
export const standingLines: Model<Map<string, StandingLine>> = {
  name: 'statements.standing-lines',
  types: TYPES,
  initial: () => new Map(),
  apply(lines, heard) {
    const entry = heard as StatementsEntry
    if (entry.type === 'statements.line-set') {
      const { line, part, audiences, text = null } = entry.data
      lines.set(line, { line, part, audiences, text, entry: entry.number })
    } else if (entry.type === 'statements.line-removed') lines.delete(entry.data.line)
  },
}

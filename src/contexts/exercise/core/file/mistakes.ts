import { nearest } from '../nearest.ts'

/** Where something stands; lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface ScenarioMistake extends Place {
  readonly file: string
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
}

/** Beyond these, mistakes are only counted, and nothing is suggested: a hostile file costs little. */
const MOST = 200

export class Mistakes {
  private readonly list: ScenarioMistake[] = []
  private more = 0
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  get any(): boolean {
    return this.list.length > 0
  }

  add({ line, column }: Place, message: string, expected?: string): undefined {
    if (this.list.length >= MOST) this.more += 1
    else this.list.push({ file: this.file, line, column, message, ...(expected === undefined ? {} : { expected }) })
  }

  /** A word that is none of `words`; the nearest of them is suggested. */
  addUnknown(place: Place, message: string, word: string, words: readonly string[]): undefined {
    if (this.list.length >= MOST) return this.add(place, message)
    const listed = words.slice(0, 40).join(', ') + (words.length > 40 ? ', ...' : '')
    const expected = words.length > 0 ? { expected: `one of ${listed}` } : {}
    const suggestion = nearest(word, words)
    const { line, column } = place
    this.list.push({ file: this.file, line, column, message, ...expected, ...(suggestion && { suggestion }) })
  }

  all(): readonly ScenarioMistake[] {
    const sorted = this.list.toSorted((a, b) => a.line - b.line || a.column - b.column)
    const last = sorted.at(-1)
    if (last && this.more > 0)
      sorted.push({ file: this.file, line: last.line, column: last.column, message: `and ${this.more} more mistakes` })
    return sorted
  }
}

/** One line: `london.yaml:12:5: a step has no key "comand"; expected one of ...; did you mean "command"?` */
export function describeScenarioMistake(mistake: ScenarioMistake): string {
  const { file, line, column, message, expected, suggestion } = mistake
  const wanted = expected === undefined ? '' : `; expected ${expected}`
  return `${file}:${line}:${column}: ${message}${wanted}${suggestion === undefined ? '' : `; did you mean "${suggestion}"?`}`
}

/** Text of a file in a message: quoted, shortened, without control characters. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}...` : text)
}

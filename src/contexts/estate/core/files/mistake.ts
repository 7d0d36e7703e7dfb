/** Where something stands in a file; lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What is wrong in a file, for the person who wrote it. `pointer` is RFC 6901, into a YAML file. */
export interface Mistake extends Place {
  readonly pointer?: string
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
}

export type MistakeWords = Pick<Mistake, 'message' | 'expected' | 'suggestion' | 'pointer'>

const MOST_MISTAKES = 1000

/** Gathers mistakes; after the first thousand it only counts, so that a hostile file cannot fill the memory. */
export class Mistakes {
  readonly list: Mistake[] = []
  private more = 0

  get any(): boolean {
    return this.list.length > 0
  }

  add(place: Place, words: MistakeWords): void {
    if (this.list.length >= MOST_MISTAKES) this.more += 1
    else this.list.push({ file: place.file, line: place.line, column: place.column, ...words })
  }

  all(): Mistake[] {
    const sorted = this.list.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column)
    const last = sorted.at(-1)
    if (last && this.more > 0)
      sorted.push({ file: last.file, line: last.line, column: last.column, message: `and ${this.more} more mistakes` })
    return sorted
  }
}

/** One line: `estate.yaml:12:9: unknown kind "netwrok"; expected one of ...; did you mean "network"?` */
export function describeMistake(mistake: Mistake): string {
  const where = `${mistake.file}:${mistake.line}:${mistake.column}: `
  const expected = mistake.expected ? `; expected ${mistake.expected}` : ''
  const suggestion = mistake.suggestion ? `; did you mean "${mistake.suggestion}"?` : ''
  return where + mistake.message + expected + suggestion
}

/** Text from a file as it appears in a message: quoted, shortened, without control characters. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}...` : text)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

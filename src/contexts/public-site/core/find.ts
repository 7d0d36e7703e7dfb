import type { Level } from '#contexts/estate'

/** What a search looks through: published beside the pages, so that it needs neither models nor database. */
export interface SearchableService {
  readonly slug: string
  readonly service: string
  readonly level: Level
  /** Other words that people search by. */
  readonly words: string
}

const NOISE = new Set([
  'a',
  'an',
  'and',
  'are',
  'do',
  'for',
  'how',
  'i',
  'in',
  'is',
  'it',
  'my',
  'of',
  'on',
  'the',
  'to',
  'what',
  'when',
  'you',
  'your',
])
const MOST_WORDS = 8

function wordsOf(text: string): string[] {
  const all = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return all.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}

/** How well a word of a query fits one of these: 2 for the whole word, 1 for its beginning. */
function fit(asked: string, among: readonly string[]): number {
  if (among.includes(asked)) return 2
  return asked.length > 2 && among.some((word) => word.startsWith(asked)) ? 1 : 0
}

/** Services that hold a word of the query, those that hold the most of them first. */
export function find<S extends SearchableService>(services: readonly S[], query: string): S[] {
  const asked = [...new Set(wordsOf(query))].filter((word) => !NOISE.has(word)).slice(0, MOST_WORDS)
  const scored = services.map((one) => {
    const named = wordsOf(one.service)
    const others = wordsOf(one.words)
    const fits = asked.map((word) => Math.max(fit(word, named) * 2, fit(word, others)))
    return { one, held: fits.filter((each) => each > 0).length, score: fits.reduce((sum, each) => sum + each, 0) }
  })
  return scored
    .filter(({ held }) => held > 0)
    .sort((a, b) => b.held - a.held || b.score - a.score)
    .map(({ one }) => one)
}

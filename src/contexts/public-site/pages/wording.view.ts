import type { Wording } from '#contexts/statements'
import { parseInstant } from '#kernel'
import type { Words } from '../core/catalogue/index.ts'
import type { StatementFacts } from '../core/facts.ts'

export interface Part {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** One version of a statement, as people read it. */
export interface Version {
  readonly headline: string | null
  /** When it was published, as which version. */
  readonly published: string
  readonly changed: string | null
  readonly withdrawn: string | null
  readonly superseded: string | null
  readonly parts: readonly Part[]
  readonly due: string | null
}

const PARTS = ['known', 'notKnown', 'doing', 'advice', 'next'] as const satisfies readonly (keyof Wording)[]

export function partsOf(wording: Wording | null, { say }: Words, only: readonly (keyof Wording)[] = PARTS): Part[] {
  return PARTS.flatMap((part) => {
    const text = wording?.[part]?.trim()
    if (!text || !only.includes(part)) return []
    return [{ heading: say(`part.${part}`), paragraphs: text.split(/\n+/).filter((line) => line.trim() !== '') }]
  })
}

export function versionOf(one: StatementFacts, words: Words, next?: StatementFacts): Version {
  const at = (text: string) => words.time(parseInstant(text)!)
  return {
    headline: one.wording?.headline || null,
    published: words.say('statement.version', { version: one.version, time: at(one.publishedAt) }),
    changed: one.whatChanged ? words.say('statement.changed', { text: one.whatChanged }) : null,
    withdrawn: one.withdrawnAt === null ? null : words.say('statement.withdrawn', { time: at(one.withdrawnAt) }),
    superseded: next ? words.say('statement.superseded', { time: at(next.publishedAt) }) : null,
    parts: partsOf(one.wording, words),
    due: one.nextUpdateAt === null ? null : words.say('statement.due', { time: at(one.nextUpdateAt) }),
  }
}

import type { Wording } from '#contexts/statements'
import { parseInstant } from '#kernel'
import { wordsIn } from '../core/catalogue/index.ts'
import type { StatementFacts } from '../core/facts.ts'
import { marked } from '../core/words.ts'
import { plain } from './text.ts'

/** A heading with what stands under it. */
export interface Part {
  readonly heading: string | null
  readonly text: string
}

const PARTS = ['known', 'notKnown', 'doing', 'advice', 'next'] as const satisfies readonly (keyof Wording)[]

/** For titles, which may be quoted alone. */
export function headlineOf(version: StatementFacts, exercise: boolean): string {
  const { say } = wordsIn()
  const bare = bareHeadlineOf(version, exercise)
  const headline = version.withdrawnAt === null ? bare : say('said.withdrawnTitle', { headline: bare })
  return marked(exercise, version.version > 1 ? say('said.version', { headline, version: version.version }) : headline)
}

/** Without the mark that staff's own headlines carry in an exercise: it belongs in front of all that is said. */
export function bareHeadlineOf({ wording, statement }: StatementFacts, exercise: boolean): string {
  return (
    unmarked(plain(wording?.headline ?? '').trim(), exercise) ||
    wordsIn().say('statement.number', { number: statement })
  )
}

export function unmarked(text: string, exercise: boolean): string {
  const mark = marked(true, '')
  return exercise && text.startsWith(mark) ? text.slice(mark.length) : text
}

export function partsOf(version: StatementFacts): Part[] {
  return [...withdrawnIn(version), ...changedIn(version), ...framed(version.wording)]
}

function withdrawnIn({ withdrawnAt }: StatementFacts): Part[] {
  const { say, time } = wordsIn()
  if (withdrawnAt === null) return []
  return [{ heading: null, text: say('statement.withdrawn', { time: time(parseInstant(withdrawnAt)!) }) }]
}

export function changedIn({ whatChanged }: StatementFacts): Part[] {
  return whatChanged ? [{ heading: wordsIn().say('said.changed'), text: whatChanged }] : []
}

/** The parts of the frame in their order, all or those asked for. */
export function framed(wording: Wording | null, among: readonly (keyof Wording)[] = PARTS): Part[] {
  const { say } = wordsIn()
  if (wording === null) return [{ heading: null, text: say('statement.erased') }]
  return PARTS.filter((part) => among.includes(part)).flatMap((part) => {
    const text = plain(wording[part] ?? '').trim()
    return text ? [{ heading: say(`part.${part}`), text }] : []
  })
}

export function practice(exercise: boolean): Part[] {
  return exercise ? [{ heading: null, text: wordsIn().say('said.practice') }] : []
}

export function textOf(parts: readonly Part[]): string {
  return parts.map(({ heading, text }) => (heading === null ? text : `${heading}\n${text}`)).join('\n\n')
}

import type { Wording } from '#contexts/statements'
import { parseInstant } from '#kernel'
import type { Words } from '../core/catalogue/index.ts'
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
export function headlineOf(version: StatementFacts, exercise: boolean, words: Words): string {
  const { say } = words
  const bare = bareHeadlineOf(version, exercise, words)
  const headline = version.withdrawnAt === null ? bare : say('said.withdrawnTitle', { headline: bare })
  const named = version.version > 1 ? say('said.version', { headline, version: version.version }) : headline
  return marked(exercise, named, words)
}

/** Without the mark that staff's own headlines carry in an exercise: it belongs in front of all that is said. */
export function bareHeadlineOf({ wording, statement }: StatementFacts, exercise: boolean, words: Words): string {
  return (
    unmarked(plain(wording?.headline ?? '').trim(), exercise, words) ||
    words.say('statement.number', { number: statement })
  )
}

export function unmarked(text: string, exercise: boolean, words: Words): string {
  const mark = marked(true, '', words)
  return exercise && text.startsWith(mark) ? text.slice(mark.length) : text
}

export function partsOf(version: StatementFacts, words: Words): Part[] {
  return [...withdrawnIn(version, words), ...changedIn(version, words), ...framed(version.wording, words)]
}

function withdrawnIn({ withdrawnAt }: StatementFacts, { say, time }: Words): Part[] {
  if (withdrawnAt === null) return []
  return [{ heading: null, text: say('statement.withdrawn', { time: time(parseInstant(withdrawnAt)!) }) }]
}

export function changedIn({ whatChanged }: StatementFacts, { say }: Words): Part[] {
  return whatChanged ? [{ heading: say('said.changed'), text: whatChanged }] : []
}

/** The parts of the frame in their order, all or those asked for. */
export function framed(wording: Wording | null, { say }: Words, among: readonly (keyof Wording)[] = PARTS): Part[] {
  if (wording === null) return [{ heading: null, text: say('statement.erased') }]
  return PARTS.filter((part) => among.includes(part)).flatMap((part) => {
    const text = plain(wording[part] ?? '').trim()
    return text ? [{ heading: say(`part.${part}`), text }] : []
  })
}

export function practice(exercise: boolean, { say }: Words): Part[] {
  return exercise ? [{ heading: null, text: say('said.practice') }] : []
}

export function textOf(parts: readonly Part[]): string {
  return parts.map(({ heading, text }) => (heading === null ? text : `${heading}\n${text}`)).join('\n\n')
}

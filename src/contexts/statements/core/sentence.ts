import { type LanguageCode, type Speaker, type Times, timesIn } from '#platform/words'
import { statementTexts } from './catalogue.ts'
import type { Wording } from './events.ts'

/** One sentence (or two that belong together), with the facts that it stands on: never without any. */
export interface Sentence {
  readonly text: string
  readonly facts: readonly string[]
}

export type Part = keyof Wording
export const PARTS = ['headline', 'known', 'notKnown', 'doing', 'advice', 'next'] as const satisfies readonly Part[]

/** A wording before it is only words. */
export type Drafted = Readonly<Record<Part, readonly Sentence[]>>

export type Words = Speaker<typeof statementTexts.english> & Times

const known = new Map<LanguageCode, Words>()

/** How the language of an organisation says it. */
export function wordsOf({ language }: { readonly language: LanguageCode }): Words {
  const words = known.get(language) ?? { ...statementTexts.in(language), ...timesIn(language) }
  known.set(language, words)
  return words
}

export function sentence(text: string, ...facts: readonly (string | readonly string[])[]): Sentence {
  return { text, facts: [...new Set(facts.flat())] }
}

/** Each sentence a line. */
export function toWording(drafted: Drafted): Wording {
  const lines = (part: Part) => drafted[part].map(({ text }) => text).join('\n')
  return {
    headline: lines('headline'),
    known: lines('known'),
    notKnown: lines('notKnown'),
    doing: lines('doing'),
    advice: lines('advice'),
    next: lines('next'),
  }
}

/** "A, B and 3 others"; semicolons where a name has a comma of its own. */
export function namesOf(named: readonly { readonly name: string }[], most: number, { say, list }: Words): string {
  const plain = named.map(({ name }) => name.replace(/\s*\([^)]*\)/g, '').trim() || name)
  const left = plain.length - most
  const said = left > 1 ? [...plain.slice(0, most), say('names.others', { count: left })] : plain
  return said.length > 1 && said.some((name) => name.includes(','))
    ? say('names.and', { first: said.slice(0, -1).join('; '), last: said.at(-1)! })
    : list(said)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What a person typed, as a sentence: with a full stop. */
export function stopped(text: string): string {
  const trimmed = text.trim()
  return /[.!?]["”']?$/.test(trimmed) ? trimmed : `${trimmed}.`
}

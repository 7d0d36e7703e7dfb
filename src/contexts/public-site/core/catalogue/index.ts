import { en } from './en/index.ts'
import { english, type Grammar } from './grammar.ts'
import { type Fill, type Given, prepare, type Text } from './text.ts'

export type Key = keyof typeof en

/** A language is data: texts for every key, and its grammar. */
export interface Language {
  /** BCP 47, for the page's `lang`. */
  readonly code: string
  readonly texts: { readonly [K in Key]: Text }
  readonly grammar: Grammar
}

export const LANGUAGES = { 'en-GB': { code: 'en-GB', texts: en, grammar: english } } satisfies Record<string, Language>
export type LanguageCode = keyof typeof LANGUAGES

/** Speaks one language. */
export interface Words extends Grammar {
  readonly code: string
  say<K extends Key>(key: K, ...given: Given<(typeof en)[K]>): string
  /** For templates: texts without parameters, by a key that a test holds against the catalogue. */
  readonly t: (key: Key) => string
  /** "a, b and c" */
  list(items: readonly string[]): string
}

function speaker({ code, texts, grammar }: Language): Words {
  const rules = new Intl.PluralRules(code)
  const lists = new Intl.ListFormat(code)
  const fills = Object.fromEntries(
    Object.entries<Text>(texts).map(([key, text]) => [key, prepare(text, rules)]),
  ) as Record<Key, Fill>
  return {
    ...grammar,
    code,
    say: (key, ...given) => fills[key](given[0] as Parameters<Fill>[0]),
    t: (key) => fills[key](),
    list: (items) => lists.format(items),
  }
}

const SPEAKERS = Object.fromEntries(
  Object.entries<Language>(LANGUAGES).map(([code, language]) => [code, speaker(language)]),
) as Record<LanguageCode, Words>

export function wordsIn(language: LanguageCode = 'en-GB'): Words {
  return SPEAKERS[language]
}

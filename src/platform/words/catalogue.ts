import type { LanguageCode, Translated } from './languages.ts'
import { pseudo } from './pseudo.ts'
import { type Fill, type Given, prepare, type Text } from './text.ts'

export type Texts = Readonly<Record<string, Text>>
/** The same keys in another language; plural forms are as many as that language has. */
export type Translation<T extends Texts> = { readonly [K in keyof T]: Text }

/** Says a catalogue's texts in one language. */
export interface Speaker<T extends Texts> {
  /** BCP 47, for a page's `lang`. */
  readonly code: LanguageCode
  say<K extends keyof T>(key: K, ...given: Given<T[K]>): string
  /** For templates and tables: texts without parameters. */
  readonly t: (key: keyof T) => string
  /** "a, b and c" */
  list(items: readonly string[]): string
}

export interface Catalogue<T extends Texts> {
  readonly english: T
  readonly texts: Readonly<Record<LanguageCode, Translation<T>>>
  /** British English where nothing is said. */
  readonly in: (language?: LanguageCode) => Speaker<T>
}

/** A room's texts in every language. That each says everything is for the type checker and `gaps` to hold. */
export function catalogue<const T extends Texts>(
  english: T,
  translations: { readonly [L in Translated]: Translation<T> },
): Catalogue<T> {
  const accented = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]))
  const texts: Record<LanguageCode, Translation<T>> = {
    ...translations,
    'en-GB': english,
    'en-XA': accented as Translation<T>,
  }
  const speakers = new Map<LanguageCode, Speaker<T>>()
  return {
    english,
    texts,
    in(language = 'en-GB') {
      let known = speakers.get(language)
      if (!known) {
        known = speaker<T>(language, texts[language])
        speakers.set(language, known)
      }
      return known
    },
  }
}

function speaker<T extends Texts>(code: LanguageCode, texts: Translation<T>): Speaker<T> {
  const rules = new Intl.PluralRules(code)
  const lists = new Intl.ListFormat(code)
  const fills = Object.fromEntries(
    Object.entries<Text>(texts).map(([key, text]) => [key, prepare(text, rules)]),
  ) as Record<keyof T, Fill>
  return {
    code,
    say: (key, ...given) => fills[key](given[0] as Parameters<Fill>[0]),
    t: (key) => fills[key](),
    list: (items) => lists.format(items),
  }
}

import type { Texts } from './catalogue.ts'
import { placeholdersOf, type Text } from './text.ts'

/** What a language lacks beside English, a line each: keys, plural forms that its grammar has, parameters. */
export function gaps(english: Texts, texts: Texts, code: string): string[] {
  const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories
  const extra = Object.keys(texts).filter((key) => !(key in english))
  return [
    ...extra.map((key) => `${key}: nobody says this`),
    ...Object.entries(english).flatMap(([key, said]) => {
      const text = texts[key]
      if (text === undefined) return [`${key}: is missing`]
      const forms = typeof text === 'string' ? { other: text } : text
      const needed = typeof said === 'string' ? (['other'] as const) : categories
      return [
        ...needed.filter((category) => !forms[category]?.trim()).map((category) => `${key}: has no form "${category}"`),
        ...(namesIn(text) === namesIn(said) ? [] : [`${key}: has other parameters`]),
      ]
    }),
  ]
}

function namesIn(text: Text): string {
  const forms = typeof text === 'string' ? [text] : Object.values(text)
  return [...new Set(forms.flatMap(placeholdersOf))].sort().join()
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from './en/index.ts'
import { LANGUAGES, type Language, wordsIn } from './index.ts'
import { placeholdersOf, type Text } from './text.ts'

/** What a language lacks beside English, a line each. */
function gaps({ code, texts }: Pick<Language, 'code'> & { texts: Record<string, Text | undefined> }): string[] {
  const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories
  const extra = Object.keys(texts).filter((key) => !(key in en))
  return [
    ...extra.map((key) => `${key}: nobody says this`),
    ...Object.entries<Text>(en).flatMap(([key, english]) => {
      const text = texts[key]
      if (text === undefined) return [`${key}: is missing`]
      const forms = typeof text === 'string' ? { other: text } : text
      const needed = typeof english === 'string' ? (['other'] as const) : categories
      const names = (one: Text) =>
        [...new Set(Object.values(typeof one === 'string' ? [one] : one).flatMap(placeholdersOf))].sort().join()
      return [
        ...needed.filter((category) => !forms[category]?.trim()).map((category) => `${key}: has no form "${category}"`),
        ...(names(text) === names(english) ? [] : [`${key}: has other parameters`]),
      ]
    }),
  ]
}

test('every language says everything, in all its plural forms, with the same parameters', () => {
  for (const language of Object.values<Language>(LANGUAGES)) assert.deepEqual(gaps(language), [], language.code)
})

test('a text that is missing, empty, without a plural form or of other parameters is found', () => {
  const { 'notFound.title': _, ...texts } = { ...en, 'stale.after': 'Later', 'notFound.all': ' ', invented: 'x' }
  const found = gaps({ code: 'cy', texts })
  for (const line of [
    'invented: nobody says this',
    'notFound.title: is missing',
    'notFound.all: has no form "other"',
    'stale.after: has other parameters',
    'duration.hours: has no form "few"',
  ])
    assert.ok(found.includes(line), line)
})

test('parameters are filled in, and the count chooses the form', () => {
  const { say, list } = wordsIn()
  assert.equal(say('duration.minutes', { count: 1 }), '1 minute')
  assert.equal(say('duration.minutes', { count: 40 }), '40 minutes')
  assert.equal(say('exercise.named', { text: '{text} $& {other}' }), 'EXERCISE: {text} $& {other}')
  assert.equal(list(['a', 'b', 'c']), 'a, b and c')
})

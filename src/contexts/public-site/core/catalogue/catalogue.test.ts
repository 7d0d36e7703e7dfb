import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outsideTexts } from '#contexts/incident'
import { statementTexts } from '#contexts/statements'
import { gaps, LANGUAGES, timeTexts } from '#platform/words'
import { publicTexts, wordsIn } from './index.ts'

const CATALOGUES = { outsideTexts, statementTexts, publicTexts, timeTexts }

test('every language says everything, in all its plural forms, with the same parameters', () => {
  for (const [name, { english, texts }] of Object.entries(CATALOGUES))
    for (const code of LANGUAGES) assert.deepEqual(gaps(english, texts[code], code), [], `${name} in ${code}`)
})

test('a text that is missing, empty, without a plural form or of other parameters is found', () => {
  const english = publicTexts.english
  const { 'notFound.title': _, ...texts } = { ...english, 'stale.after': 'Later', 'notFound.all': ' ', invented: 'x' }
  const found = gaps(english, texts, 'cy')
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
  const { say, list } = wordsIn('en-GB')
  assert.equal(say('duration.minutes', { count: 1 }), '1 minute')
  assert.equal(say('duration.minutes', { count: 40 }), '40 minutes')
  assert.equal(say('feed.member', { name: 'x', text: '{text} $& {other}' }), 'x: {text} $& {other}')
  assert.equal(list(['a', 'b', 'c']), 'a, b and c')
})

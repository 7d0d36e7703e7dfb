import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { placeholdersOf } from '#platform/words'
import { en } from '../core/catalogue/en/index.ts'

const templates = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.njk'))
  .map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }))

test('every text that a template asks for is in the catalogue, and takes no parameters', () => {
  const texts: Record<string, unknown> = en
  for (const { name, text } of templates)
    for (const [, key] of text.matchAll(/\bt\('([^']+)'\)/g)) {
      const found = texts[key!]
      assert.ok(typeof found === 'string' && placeholdersOf(found).length === 0, `${name}: ${key}`)
    }
})

test('no template holds a word of its own: what people read comes from the catalogue', () => {
  for (const { name, text } of templates) {
    const shown = text
      .replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&\w+;/g, ' ')
    assert.deepEqual(shown.match(/\p{L}+/gu) ?? [], [], name)
    assert.doesNotMatch(text, /(?:aria-label|title|alt|placeholder)="[^"{]/, name)
  }
})

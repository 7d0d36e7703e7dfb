import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import { readGallery } from '../src/main/gallery.ts'

const exhibits = await readGallery()
const validate = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Of govuk-frontend's macros, which are tested with people: their attributes, spaces and buttons.
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-implicit-button-type': 'off',
    'no-redundant-role': 'off',
    'long-title': 'off',
    'prefer-native-element': ['error', { exclude: ['button'] }],
    // GOV.UK's error summary stands above the heading; ticks of one question, and lists, share a name.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'form-dup-name': 'off',
    // Everything comes from the page's own origin, under the hash of what is in it.
    'require-sri': 'off',
  },
})

test('there is a gallery', () => assert.ok(exhibits.length > 0))

for (const { room, name, html } of exhibits)
  test(`${room}, ${name}: valid HTML with one heading, a title, no inline code, and EXERCISE where it is one`, async () => {
    const page = await html()
    const { results } = await validate.validateString(page)
    const mistakes = results.flatMap(({ messages }) =>
      messages.map((one) => `${one.line} ${one.ruleId}: ${one.message}`),
    )
    assert.deepEqual(mistakes, [])
    assert.equal(page.match(/<h1[\s>]/g)?.length, 1, 'one h1')
    const title = /<title>([^<]+)<\/title>/.exec(page)?.[1] ?? ''
    assert.match(title, /\S.* - Holdfast$/)
    assert.doesNotMatch(page, /<[^>]*\s(?:on\w+|style)=/i)
    assert.doesNotMatch(page, /<style|<script(?![^>]*\ssrc=)|javascript:/i)
    const banner = page.includes('class="hf-exercise"')
    assert.equal(/^(?:Error: )?EXERCISE/.test(title), banner, 'the title says EXERCISE where the banner does')
    if (/exercise/i.test(name)) assert.ok(banner, 'a page of an exercise says EXERCISE')
  })

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createViews, freeNames, html, stylesheet } from './index.ts'

function folder(t: { after(done: () => void): void }, files: Record<string, string>): URL {
  const path = mkdtempSync(join(tmpdir(), 'views-'))
  t.after(() => rmSync(path, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return pathToFileURL(`${path}/`)
}

test('what a template prints is escaped, unless html made it', (t) => {
  const source = '{% from "govuk/components/tag/macro.njk" import govukTag %}{{ words }}{{ made }}{{ govukTag(tag) }}'
  const views = createViews<{ 'page.njk': object }>([folder(t, { 'page.njk': source })])
  const made = html`<b>${'<i>'}</b>${html`<u>&amp;</u>`}`
  const page = views.render('page.njk', { words: '<script>', made, tag: { text: '<script>' } })
  assert.match(page, /^&lt;script&gt;<b>&lt;i&gt;<\/b><u>&amp;<\/u><strong class="govuk-tag"\s*>\s*&lt;script&gt;/)
})

test('what was typed into a text area comes back as it was typed; elsewhere half-empty lines go', (t) => {
  const source = '<p>\n  \n\n</p><textarea>{{ words }}</textarea>\n\n\n<p></p>'
  const views = createViews<{ 'page.njk': { words: string } }>([folder(t, { 'page.njk': source })])
  const page = views.render('page.njk', { words: '\na:  \n\n\n  b: </textarea>' })
  // The first line break after the tag is the one that browsers leave out.
  assert.equal(page, '<p>\n</p><textarea>\n\na:  \n\n\n  b: &lt;/textarea&gt;</textarea>\n<p></p>')
})

test('a missing template is named', (t) => {
  const views = createViews<{ 'none.njk': object }>([folder(t, {})])
  assert.throws(() => views.render('none.njk', {}), /none\.njk/)
})

test('free names are those that the model must have: not loop variables, imports, keys, filters or macro arguments', (t) => {
  const base = folder(t, {
    'base.njk': '{{ title }}{% block content %}{% endblock %}',
    'page.njk': `{% extends "base.njk" %}{% from "x.njk" import button as press %}{% macro m(a) %}{{ a }}{{ deep }}{% endmacro %}
{% block content %}{% set total = sum %}{% for one in list %}{{ one.name | upper }}{{ loop.index }}{{ total }}
{% if shown and other %}{{ press({ key: value, b: 'text' }) }}{{ m(x) if y else z }}{% endif %}{% endfor %}{% endblock %}`,
  })
  const names = freeNames(new URL('page.njk', base), (name) => new URL(name, base))
  assert.deepEqual([...names].sort(), ['deep', 'list', 'other', 'shown', 'sum', 'title', 'value', 'x', 'y', 'z'])
})

test('the stylesheet wears neither the typeface nor the colours of GOV.UK', () => {
  const css = readFileSync(new URL('public.css', import.meta.url), 'utf8')
  assert.doesNotMatch(css, /GDS|font-face|crown|#1d70b8|#1a65a6|url\(/i)
  assert.equal(String(stylesheet.text), css)
})

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import { freeNames } from '#platform/views'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { speak } from '#test/spoken'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import { complete, encode, type Rendered } from '../publication/document.ts'
import { organisationDocuments, regionDocuments } from '../publication/render.ts'
import { affectedPage } from './affected.view.ts'
import { contactPage } from './contact.view.ts'
import { embedPage } from './embed.view.ts'
import { notFoundPage } from './not-found.view.ts'
import { organisationPage } from './organisation.view.ts'
import { partnersPage } from './partners.view.ts'
import { pressPage } from './press.view.ts'
import { pressEnquiryPage } from './press-enquiry.view.ts'
import { regionPage } from './region.view.ts'
import { searchIndex, searchPage } from './search.view.ts'
import { servicePage } from './service.view.ts'
import { statementPage } from './statement.view.ts'
import { statementsPage } from './statements.view.ts'
import type { PublicTemplates } from './views.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const issue: Issue = {
  revision: 7,
  madeAt: NOW,
  confirmedUntil: NOW + 1_800_000,
  url: 'https://status.example.org',
  language: 'en-GB',
}
const HOSTILE = '<script>alert(1)</script>{{ 7*7 }}"\'&amp;'

function facts(world: string, name = 'Westminster City Council', hostile = '') {
  const made = handMadeWorld(NOW, world)
  const estate = inventedEstate('westminster', 60)
  const components = estate.components.map((one) => ({ ...one, name: hostile || one.name }))
  const services = estate.services.map((one) => ({ ...one, name: hostile || one.name }))
  made.found('westminster', name, { components, services })
  const incident = made.declare('westminster')
  made.isolate('westminster', incident, ['westminster/corporate-network', 'westminster/documents'], {
    expectedRestoration: {
      optimistic: '2025-11-27T17:00:00Z',
      likely: '2025-11-28T17:00:00Z',
      pessimistic: '2025-12-05T17:00:00Z',
    },
  })
  const sitrep = { incident, sitrep: 1, counts: {}, nextUpdateAt: '2025-11-25T15:00:00.000Z', known: 'Secret sitrep' }
  made.record('westminster', { type: 'incident.sitrep-issued', v: 1, data: sitrep })
  speak(made, incident)
  return worldFacts(made.models, world, NOW).organisations
}

function everything(organisations: ReturnType<typeof facts>): Rendered[] {
  return [
    ...organisations.flatMap((one) => [...organisationDocuments(one, issue)]),
    ...regionDocuments('London', organisations, issue),
  ]
}

/** A page's data for search engines is in a script element that nothing runs; it must be the only one. */
function withoutLinkedData(text: string): string {
  return text.replace(/<script type="application\/ld\+json">[^<]*<\/script>/, '')
}

const pagesOf = (documents: readonly Rendered[]) =>
  documents.filter(({ contentType }) => contentType.startsWith('text/html'))

test('every name that a template reads is in its view model', () => {
  const [one] = facts('live')
  const models: { [Name in keyof PublicTemplates]: PublicTemplates[Name] } = {
    'organisation.njk': organisationPage(one!, issue),
    'service.njk': servicePage(one!, one!.services[0]!, issue),
    'contact.njk': contactPage(one!, issue),
    'statements.njk': statementsPage(one!, issue),
    'statement.njk': statementPage(one!, 1, issue),
    'affected.njk': affectedPage(one!, issue),
    'partners.njk': partnersPage(one!, issue),
    'press.njk': pressPage(one!, issue),
    'embed.njk': embedPage(one!, issue),
    'press-enquiry.njk': pressEnquiryPage(searchIndex(one!, issue), 'received'),
    'search.njk': searchPage(searchIndex(one!, issue), 'bins'),
    'region.njk': regionPage('London', [one!], issue),
    'not-found.njk': notFoundPage('London', false, issue),
  }
  const folders = [new URL('.', import.meta.url), new URL('../../../platform/views/', import.meta.url)]
  const find = (name: string) => folders.map((folder) => new URL(name, folder)).find((file) => existsSync(file))!
  for (const [template, model] of Object.entries(models))
    assert.deepEqual(
      [...freeNames(find(template), find)].filter((name) => !(name in model)),
      [],
      template,
    )
})

test('the page says what works, why not, until when it holds, and what next', () => {
  const [page] = pagesOf(everything(facts('live')))
  for (const said of [
    'At 6:30am on Tuesday 25 November 2025, 20 of 60 services have stopped, 19 are limited and 21 are running as usual.',
    'We have disconnected our corporate network and our document store as a precaution.',
    'Next update due by 3pm on Tuesday 25 November 2025.',
    'If you read this after 7am on Tuesday 25 November 2025, it may be out of date.',
    'We expect to reconnect by Friday 28 November 2025.',
  ])
    assert.ok(page!.text.includes(said), said)
})

test('danger, emergencies, bins and the first way that works stand before all else', () => {
  const [one] = facts('live')
  const bins = { ...one!.services[1]!, slug: 'waste', name: 'Household waste collection', lgsl: 524 }
  const [page] = organisationDocuments({ ...one!, services: [...one!.services, bins] }, issue)
  const text = page!.text.slice(page!.text.indexOf('<main'))
  const order = [
    'In danger? Call 999',
    'emergencies@westminster.example',
    '020\u00a07946\u00a00123',
    'Bins:',
    '>Stopped</a>',
  ]
  const places = order.map((said) => text.indexOf(said))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
  assert.ok(places[0]! > 0 && places.at(-1)! < text.indexOf('<h2'), places.join())
})

test('a statement shows all its versions, what changed, and that it was withdrawn', () => {
  const [one] = facts('live')
  const first = one!.statements.find(({ audience }) => audience === 'residents')!
  const second = {
    ...first,
    version: 2,
    whatChanged: 'We corrected a number.',
    publishedAt: '2025-11-25T09:15:00.000Z',
  }
  const read = (last: typeof second) => {
    const statements = [...one!.statements, last]
    return [...organisationDocuments({ ...one!, statements }, issue)].find(
      ({ file }) => file === 'statements/1/index.html',
    )!
  }
  const { text } = read(second)
  for (const said of [
    'Version 2, published at 9:15am on Tuesday 25 November 2025.',
    'What changed: We corrected a number.',
    'A later version replaced this one at 9:15am on Tuesday 25 November 2025.',
  ])
    assert.ok(text.includes(said), said)
  const withdrawn = read({ ...second, withdrawnAt: '2025-11-25T10:00:00.000Z', wording: null })
  assert.match(withdrawn.text, /Withdrawn at 10am on Tuesday 25 November 2025\. Do not rely on it\./)
  assert.match(withdrawn.text, /The words of this version have been erased/)
})

test('on a copy without our server, the address of the search holds every service from A to Z', () => {
  const documents = everything(facts('live'))
  const copy = documents.find(({ file }) => file === 'search/index.html')!
  assert.deepEqual(copy.paths, [])
  assert.match(copy.text, /this is a copy of our pages that cannot search/)
  assert.equal(copy.text.match(/href="\/westminster\/services\//g)?.length, 60)
})

test('a region says that services run as usual only of organisations that have listed theirs', () => {
  const [one] = facts('live')
  const listed = { ...one!, services: one!.services.map((its) => ({ ...its, level: 'normal' as const, since: null })) }
  const unlisted = { ...one!, slug: 'unlisted', services: [] }
  const truth = (...organisations: OrganisationFacts[]) => regionPage('London', organisations, issue).truth
  assert.match(truth(listed), /the one organisation here runs as usual/)
  assert.match(truth(listed, listed), /all 2 organisations run as usual/)
  assert.match(truth(listed, unlisted), /1 of 2 organisations has listed its services, and it runs as usual/)
  assert.match(truth(unlisted), /the one organisation here has not listed its services yet/)
  assert.match(truth(unlisted, unlisted), /none of the 2 organisations has listed its services yet/)
})

test('a region without a place on the map has its table alone', () => {
  const [one] = facts('live')
  const region = (gss: string | null) => [...regionDocuments('Region', [{ ...one!, gss }], issue)][0]!.text
  assert.match(region('E09000033'), /class="hf-tiles"[\s\S]*Wes[\s\S]*Told by the council[\s\S]*<table/)
  assert.doesNotMatch(region('E06000001'), /class="hf-tiles"/)
  assert.match(region(null), /<table/)
})

test('nothing internal is published', () => {
  const organisations = facts('live')
  assert.doesNotMatch(JSON.stringify(organisations), /secret/i)
  for (const { file, text } of everything(organisations)) assert.doesNotMatch(text, /secret/i, file)
})

test('every page and every JSON name of an exercise says EXERCISE; of a live organisation none does', () => {
  for (const { file, text } of everything(facts('london-2025'))) {
    // The banner's script holds no words of any council.
    if (file.endsWith('.js')) continue
    assert.match(text, /EXERCISE/, file)
    if (file.endsWith('.html')) assert.match(text, /<title>EXERCISE: .*[\s\S]*hf-exercise" aria/, file)
    else for (const name of text.match(/"name":"[^"]*/g) ?? []) assert.match(name, /"EXERCISE: /, file)
  }
  for (const { file, text } of everything(facts('live'))) assert.doesNotMatch(text, /EXERCISE/, file)
})

test('hostile names are words and nothing else', () => {
  for (const { file, text } of pagesOf(everything(facts('live', HOSTILE, HOSTILE)))) {
    assert.doesNotMatch(withoutLinkedData(text), /<script/i, file)
    assert.doesNotMatch(text, /[>\s]49[<\s]/, file)
    assert.match(text, /\{\{ 7\*7 \}\}|Page not found/, file)
  }
})

test('every page is valid HTML, without scripts, in one request', async () => {
  const validator = new HtmlValidate({
    // How long a service's name is, its council decides.
    rules: { 'long-title': 'off' },

    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  })
  const pages = [
    ...pagesOf(everything(facts('london-2025'))),
    ...pagesOf(everything(facts('live', HOSTILE, HOSTILE))).slice(0, 2),
  ]
  const few = (name: string) => !/^services\/(?!service-[012]\/)/.test(name)
  for (const { file, text } of pages.filter(({ file: name }) => few(name))) {
    const report = await validator.validateString(text)
    const found = report.results.flatMap(({ messages }) =>
      messages.map((one) => `${one.line}: ${one.ruleId}: ${one.message}`),
    )
    assert.deepEqual(found, [], file)
    assert.doesNotMatch(withoutLinkedData(text), /<script|<img|<[^>]*src=|rel="stylesheet"/, file)
  }
})

test('a page with sixty services arrives in 14 KB or less', async () => {
  const [page] = pagesOf(everything(facts('london-2025')))
  const { body } = await complete(encode(page!, 1, 'now'))
  assert.ok(
    body.gzip.length <= 14_336 && body.brotli!.length <= 14_336,
    `${body.gzip.length} and ${body.brotli!.length} bytes`,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import type { LanguageCode } from '#platform/words'
import { englishIn, readableOf } from '#test/english'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { draft } from '../../statements/core/draft.ts'
import { AUDIENCES } from '../../statements/core/events.ts'
import { liveFacts } from '../../statements/projections/live-facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import type { Rendered } from './document.ts'
import { organisationDocuments, regionDocuments } from './render.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const HOUR = 3_600_000
const printing = { revision: 7, madeAt: NOW, confirmedUntil: NOW + HOUR, url: 'https://8.example' }

/** A council in an exercise in which everything is typed in Greek letters and digits. Made up. */
function greek(languages: readonly LanguageCode[]) {
  const world = handMadeWorld(NOW, 'invented-exercise')
  const { components, services } = inventedEstate('westminster', 12)
  const named = <T extends { name: string }>(all: readonly T[], letter: string) =>
    all.map((one, i) => ({ ...one, name: `${letter}ω ${i}` }))
  world.found('westminster', 'Ψωφ', { components: named(components, 'Ω'), services: named(services, 'Σ') })
  const record = (type: string, data: object) => world.record('westminster', { type, v: 1, data })
  record('estate.languages-set', { languages })
  const service = (i: number) => `westminster/service-${i}`
  const route = { services: [], works: true, checkedAt: new Date(NOW).toISOString(), waitingTime: null }
  const kinds = ['phone', 'text', 'email', 'web', 'in-person', 'post'] as const
  const purposes = ['emergency', 'out-of-hours', 'general'] as const
  for (const [i, kind] of kinds.entries())
    for (const [j, purpose] of purposes.entries())
      record('statements.route-set', {
        ...route,
        route: `${kind}-${purpose}`,
        kind,
        purpose,
        audiences: AUDIENCES,
        works: (i + j) % 4 !== 0,
        waitingTime: ['PT40M', 'PT1H20M', 'P2D', null][i % 4],
        services: i === 1 ? [service(0), service(1)] : i === 2 ? [0, 1, 2, 3, 4, 5].map(service) : [],
        name: `Δω ${i}`,
        address: `0${i}${j} 123`,
        hours: '9-5',
        note: 'Νω.',
      })
  record('statements.advice-set', { service: service(1), alternative: 'Αω.', noNeedToContact: 'Βω.' })
  record('statements.status-overridden', {
    service: service(2),
    level: 'degraded',
    until: null,
    reason: 'Γω',
    told: 'Θω.',
  })
  for (const part of ['known', 'notKnown', 'doing', 'advice', 'next'])
    record('statements.line-set', { line: part, part, audiences: AUDIENCES, text: 'Λω.' })
  const incident = world.declare('westminster')
  const expectedRestoration = { optimistic: NOW + HOUR, likely: NOW + 70 * HOUR, pessimistic: NOW + 200 * HOUR }
  world.isolate('westminster', incident, ['westminster/corporate-network', 'westminster/documents'], {
    expectedRestoration: Object.fromEntries(
      Object.entries(expectedRestoration).map(([point, at]) => [point, new Date(at).toISOString()]),
    ),
  })
  const nextUpdateAt = new Date(NOW + HOUR).toISOString()
  const sitrep = { incident, sitrep: 1, counts: {}, nextUpdateAt, known: 'Κω' }
  record('incident.sitrep-issued', sitrep)
  const drafted = draft(liveFacts(world.models, 'westminster', NOW, { incident, promised: null }))
  const publish = (statement: number, version: number) => {
    for (const audience of AUDIENCES)
      record('statements.published', {
        statement,
        audience,
        version,
        incident,
        nextUpdateAt,
        services: [{ id: service(1), level: 'stopped' }],
        breakGlass: false,
        wording: drafted.wordings[audience],
        ...(version > 1 ? { whatChanged: 'Ξω.' } : {}),
      })
  }
  publish(1, 1)
  publish(1, 2)
  publish(2, 1)
  record('statements.withdrawn', { statement: 2, audience: 'press', reason: 'Πω' })
  const organisations = worldFacts(world.models, 'invented-exercise', NOW).organisations
  const documents: Rendered[] = [
    ...organisations.flatMap((one) => [...organisationDocuments(one, printing)]),
    ...regionDocuments('Ρω', organisations, printing),
  ]
  return { world, drafted, documents }
}

const isPage = ({ contentType }: Rendered) => contentType.startsWith('text/html')

/** What people read in a document: of a page its text and what is read aloud, of the formats the fields that hold words. */
function readable({ contentType, text }: Rendered): string[] {
  if (contentType.startsWith('text/html')) return readableOf(text)
  if (contentType.includes('json')) return jsonWords(JSON.parse(text), '')
  if (contentType.includes('calendar'))
    return [...text.replace(/\r\n /g, '').matchAll(/^(?:SUMMARY|DESCRIPTION|X-WR-CALNAME):(.*)$/gm)].map(
      ([, said]) => said!,
    )
  if (contentType.includes('xml'))
    return [
      ...text.matchAll(
        /<(title|subtitle|name|description|content|headline|instruction|event|note|senderName|areaDesc)\b[^>]*>([^<]*)</g,
      ),
    ].map(([, , said]) => said!.replace(/&lt;.*?&gt;/g, ' '))
  return []
}

const WORDY = /^(name|description|body|title|content_text|label|lines|link|stale|next_update|notice|words|text)$/

function jsonWords(value: unknown, field: string): string[] {
  if (typeof value === 'string') return WORDY.test(field) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => jsonWords(one, field))
  return Object.entries(value ?? {}).flatMap(([name, one]) => jsonWords(one, name))
}

test('in another language no page, format or drafted statement holds a word of English', () => {
  const { drafted, documents } = greek(['en-XA'])
  for (const [audience, wording] of Object.entries(drafted.wordings))
    for (const [part, said] of Object.entries(wording))
      assert.deepEqual(englishIn(said), [], `${audience} ${part}: ${said}`)
  const read = new Set<string>()
  for (const document of documents) {
    const texts = readable(document)
    for (const text of texts) assert.deepEqual(englishIn(text), [], `${document.file}: ${text.slice(0, 2000)}`)
    if (texts.some((text) => /\p{L}/u.test(text))) read.add(document.contentType)
    if (isPage(document)) assert.match(document.text, /<html lang="en-XA"/, document.file)
  }
  assert.equal(read.size, 7, [...read].join(', '))
})

test('each of several languages has all pages, which link to each other; what staff typed is marked as theirs', async () => {
  const { documents } = greek(['en-GB', 'en-XA'])
  const pages = new Map(documents.filter(isPage).flatMap((one) => one.paths.map((path) => [path, one] as const)))
  const known = new Set(documents.flatMap(({ paths }) => paths))
  const own = [...pages.keys()].filter(
    (path) => path.startsWith('/westminster') && !path.includes('en-XA') && !path.endsWith('/'),
  )
  assert.equal(own.length, 12 + 2 + 7, 'services, statements and the rest')
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: { 'long-title': 'off' },
  })
  for (const path of own) {
    const other = path.replace('/westminster', '/westminster/en-XA')
    const [first, second] = [pages.get(path)!.text, pages.get(other)?.text ?? '']
    assert.ok(first.includes(`href="${other}" hreflang="en-XA"`), path)
    assert.ok(second.includes(`href="${path}" hreflang="en-GB"`), other)
    assert.match(second, /<html lang="en-XA"/)
    for (const [, href] of second.matchAll(/href="(\/westminster[^"#]*)"/g)) {
      if (/\/(?:subscribe|log\/checkpoint|search)$/.test(href!)) continue
      assert.ok(known.has(href!), `${other} leads to ${href}`)
      if (pages.has(href!) && href !== path)
        assert.ok(href!.startsWith('/westminster/en-XA'), `${other} leads to ${href}`)
    }
    const { results } = await validator.validateString(second)
    assert.deepEqual(
      results.flatMap(({ messages }) => messages.map(({ message }) => message)),
      [],
      other,
    )
  }
  const statement = pages.get('/westminster/en-XA/statements/1')!.text
  assert.match(statement, /<title>EXERCISE: 4 of 12/, 'marked once')
  assert.match(statement, /<h1 class="govuk-heading-l" lang="en-GB">/)
  assert.match(statement, /<p class="govuk-body" lang="en-GB">We declared an incident/)
  assert.doesNotMatch(pages.get('/westminster/statements/1')!.text, /<p class="govuk-body" lang=/)
})

test('where nobody has chosen a language, there is one, and nothing says so', () => {
  const { documents } = greek(['en-GB'])
  for (const { text, paths } of documents) {
    assert.doesNotMatch(text, /hreflang|hf-languages"/)
    assert.ok(
      paths.every((path) => !path.includes('/en-')),
      paths.join(),
    )
  }
})

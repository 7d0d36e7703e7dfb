import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newVisitor, noBrowser } from '#test/browser'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { onPaper } from '#test/on-paper'
import type { Issue } from '../core/facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import { statementPage } from './statement.view.ts'
import { views } from './views.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const issue: Issue = {
  revision: 7,
  madeAt: NOW,
  confirmedUntil: NOW + 1_800_000,
  url: 'https://status.example.org',
  language: 'en-GB',
}

/** The page of a statement that was published to these audiences, in this order, and maybe withdrawn. Made up. */
function pageFor(audiences: readonly string[], withdrawn?: string): string {
  const world = handMadeWorld(NOW, 'live')
  world.found('westminster', 'Invented Council', inventedEstate('westminster', 3))
  const record = (type: string, data: object) => world.record('westminster', { type: `statements.${type}`, v: 1, data })
  for (const [number, audience] of audiences.entries())
    record('published', {
      statement: 1,
      audience,
      version: audiences.slice(0, number + 1).filter((one) => one === audience).length,
      incident: null,
      nextUpdateAt: null,
      services: [],
      breakGlass: false,
      wording: {
        headline: 'Invented',
        known: `To ${audience}: ${number}.`,
        notKnown: '',
        doing: '',
        advice: '',
        next: '',
      },
    })
  if (withdrawn) record('withdrawn', { statement: 1, audience: withdrawn, reason: 'Invented' })
  const [facts] = worldFacts(world.models, 'live', NOW).organisations
  return views.render('statement.njk', statementPage(facts!, 1, issue))
}

test('a statement to several audiences begins with the residents’, after a list that leads to each', () => {
  const main = /<main[\s\S]*<\/main>/.exec(pageFor(['press', 'staff', 'partners', 'residents']))![0]
  const links = [...main.matchAll(/<a class="govuk-link" href="#(\w+)">([^<]+)<\/a>/g)].map(([, id, text]) => [
    id,
    text,
  ])
  assert.deepEqual(links, [
    ['residents', 'For residents'],
    ['partners', 'For partners'],
    ['press', 'For the press'],
  ])
  const order = ['href="#press"', ...links.flatMap(([id]) => [`id="${id}"`, `To ${id}:`])]
  const places = order.map((one) => main.indexOf(one))
  assert.ok(!places.includes(-1), places.join())
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

test('a statement to one audience has no list to choose from', () => {
  assert.doesNotMatch(pageFor(['partners', 'staff']), /href="#partners"/)
})

test('on paper stands what holds; words that were replaced or withdrawn only where their reader has opened them', {
  skip: noBrowser,
}, async () => {
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  await page.setContent(pageFor(['residents', 'press', 'residents'], 'press'))
  const closed = (await onPaper(page)).sheets.join()
  for (const said of ['Version2,', 'Toresidents:2.', 'Withdrawnat']) assert.ok(closed.includes(said), said)
  for (const said of ['Toresidents:0.', 'Topress:1.', 'Earlierversions', 'Whatitsaid'])
    assert.ok(!closed.includes(said), said)
  for (const summary of await page.locator('summary').all()) await summary.click()
  const opened = (await onPaper(page)).sheets.join()
  for (const said of ['Toresidents:0.', 'Alaterversionreplacedthisone', 'Topress:1.'])
    assert.ok(opened.includes(said), said)
  await visitor.close()
})

test('what is for each audience begins on a sheet of its own', { skip: noBrowser }, async () => {
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  await page.setContent(pageFor(['press', 'partners', 'residents']))
  const { sheets } = await onPaper(page)
  assert.deepEqual(
    sheets.map((sheet) => sheet.match(/To(?:residents|partners|press):/g)),
    [['Toresidents:'], ['Topartners:'], ['Topress:']],
  )
  await visitor.close()
})

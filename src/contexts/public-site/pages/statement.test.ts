import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
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

/** The page of a statement that was published to these audiences, in this order. Made up. */
function pageFor(...audiences: string[]): string {
  const world = handMadeWorld(NOW, 'live')
  world.found('westminster', 'Invented Council', inventedEstate('westminster', 3))
  for (const audience of audiences)
    world.record('westminster', {
      type: 'statements.published',
      v: 1,
      data: {
        statement: 1,
        audience,
        version: 1,
        incident: null,
        nextUpdateAt: null,
        services: [],
        breakGlass: false,
        wording: { headline: 'Invented', known: `To ${audience}.`, notKnown: '', doing: '', advice: '', next: '' },
      },
    })
  const [facts] = worldFacts(world.models, 'live', NOW).organisations
  return views.render('statement.njk', statementPage(facts!, 1, issue))
}

test('a statement to several audiences begins with the residents’, after a list that leads to each', () => {
  const main = /<main[\s\S]*<\/main>/.exec(pageFor('press', 'staff', 'partners', 'residents'))![0]
  const links = [...main.matchAll(/<a class="govuk-link" href="#(\w+)">([^<]+)<\/a>/g)].map(([, id, text]) => [
    id,
    text,
  ])
  assert.deepEqual(links, [
    ['residents', 'For residents'],
    ['partners', 'For partners'],
    ['press', 'For the press'],
  ])
  const order = ['href="#press"', ...links.flatMap(([id]) => [`id="${id}"`, `To ${id}.`])]
  const places = order.map((one) => main.indexOf(one))
  assert.ok(!places.includes(-1), places.join())
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

test('a statement to one audience has no list to choose from', () => {
  assert.doesNotMatch(pageFor('partners', 'staff'), /href="#partners"/)
})

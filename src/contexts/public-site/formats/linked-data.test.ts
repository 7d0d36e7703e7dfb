import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type RandomHistory, randomHistory } from '#test/random-history'
import { countsOf } from '../core/facts.ts'
import { organisationPages } from '../publication/organisation-pages.ts'

interface Data {
  readonly '@context': string
  readonly '@type': string
  readonly name?: string
  readonly url?: string
  readonly description?: string
}

/** What each page says to search engines, by its file. */
function dataIn({ facts, issue }: RandomHistory): Map<string, Data> {
  const found = new Map<string, Data>()
  for (const { file, text } of organisationPages(facts, issue)) {
    if (!file.endsWith('.html')) continue
    const scripts = text.split('<script')
    if (scripts.length === 1) continue
    assert.equal(scripts.length, 2, `${file}: one element`)
    const inside = /^ type="application\/ld\+json">([^<]*)<\/script>\n<style>/.exec(scripts[1]!)
    assert.ok(inside, `${file}: nothing in it ends it`)
    found.set(file, JSON.parse(inside[1]!))
  }
  return found
}

test('the linked data of every page is JSON that no words can lead out of, and tells what the page tells', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), (history) => {
      const { facts } = history
      const found = dataIn(history)
      const home = found.get('index.html')!
      assert.equal(home['@type'], 'GovernmentOrganization')
      const { stopped } = countsOf(facts.services)
      if (stopped > 0)
        assert.match(home.description!, new RegExp(`${stopped}( of \\d+)? services? ha(ve|s) stopped|one service has`))
      for (const [file, data] of found) {
        assert.equal(data['@context'], 'https://schema.org')
        assert.ok(URL.canParse(data.url!), file)
        if (data.name) assert.equal(data.name.startsWith('EXERCISE: '), facts.exercise, file)
      }
      for (const { slug } of facts.services)
        assert.equal(found.get(`services/${slug}/index.html`)?.['@type'], 'GovernmentService')
      for (const { statement } of facts.statements)
        assert.equal(found.get(`statements/${statement}/index.html`)?.['@type'], 'SpecialAnnouncement')
    }),
    { numRuns: 15 },
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cause, reasons } from '#contexts/incident'
import { wordsIn } from './catalogue/index.ts'
import { duration, expectation, story } from './words.ts'

const english = wordsIn('en-GB')
const at = (text: string) => Date.parse(text)
const cause = (more: Partial<Cause> = {}): Cause => ({
  neighbour: null,
  component: 'westminster/corporate-network',
  entry: 1,
  name: 'Corporate network',
  kind: 'network',
  condition: 'isolated',
  precautionary: true,
  since: at('2025-11-25T06:30:00Z'),
  expected: null,
  ...more,
})
const service = (slug: string, one: Cause | null) =>
  ({
    slug,
    name: slug,
    level: one ? 'stopped' : 'normal',
    since: one?.since ?? null,
    cause: one,
    override: null,
    lgsl: null,
    advice: null,
    routes: [],
    listedAt: '',
  }) as const
test('causes of one deed make one sentence, the weightiest first, and no more than three names', () => {
  const services = ['Voice network', 'Corporate network', 'Corporate network', 'Office Wi-Fi', 'Library network'].map(
    (name, i) => service(`s${i}`, cause({ name })),
  )
  const said =
    'we have disconnected our corporate network, our voice network, Office Wi-Fi and other systems as a precaution'
  assert.deepEqual(reasons([...services, service('fine', null)]), [said])
  assert.equal(story(services, english), `Stopped since 6:30am on Tuesday 25 November 2025, because ${said}.`)
})

test('what is expected is said with its spread, and does not outlive its time', () => {
  const times = {
    earliest: at('2025-11-27T17:00:00Z'),
    likely: at('2025-11-28T17:00:00Z'),
    latest: at('2025-12-05T17:00:00Z'),
  }
  const said = (phase: 'ahead' | 'late' | 'passed') => expectation(cause({ expected: { ...times, phase } }), english)
  assert.equal(
    said('ahead'),
    'We expect to reconnect by Friday 28 November 2025. It could be as early as Thursday 27 November 2025 or as late as Friday 5 December 2025.',
  )
  assert.equal(
    said('late'),
    'We had expected to reconnect by Friday 28 November 2025. It could now be as late as Friday 5 December 2025.',
  )
  assert.equal(said('passed'), 'We had expected to reconnect by Friday 28 November 2025. There is no new time yet.')
  assert.equal(expectation(cause(), english), null)
})

test('how long people wait is said to the minute', () => {
  assert.equal(duration('PT40M', english), '40 minutes')
  assert.equal(duration('PT1H20M', english), '1 hour and 20 minutes')
  assert.equal(duration('P1DT90S', english), '1 day and 1 minute')
  assert.equal(duration('PT0S', english), null)
})

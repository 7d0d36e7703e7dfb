import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listen, newPageWithPasskeys, newVisitor, noBrowser } from '../browser.ts'
import { eventually } from '../processes.ts'
import { decide, declare, enrolWithPasskey, openCouncil } from './desk.ts'

const STATEMENT = '/ambridge/statements/1'
/** What leads to the statement. */
const LEADING = [
  '/ambridge',
  '/ambridge/statements',
  '/ambridge/updates.atom',
  '/ambridge/updates.rss',
  '/ambridge/feed.json',
  '/ambridge/cap/index.atom',
]
/** What tells the same truth beside it. */
const BESIDE = [
  'api/v2/summary.json',
  'api/v2/incidents.json',
  'history.atom',
  'history.rss',
  'next-update.ics',
  'banner.json',
]

test('a statement goes from draft to all formats in two clicks by two people', { skip: noBrowser }, async (t) => {
  const council = await openCouncil(t)
  const enrolled = async (name: string, roles: Parameters<typeof council.invite>[1]) => {
    const page = await newPageWithPasskeys(await newVisitor())
    await enrolWithPasskey(page, await council.invite(name, roles))
    return { page, heard: listen(page) }
  }
  const commander = await enrolled('Tess Tactical', ['tactical', 'viewer'])
  const writer = await enrolled('Wendy Writer', ['communications', 'viewer'])
  const approver = await enrolled('Ann Approver', ['communications', 'viewer'])

  await commander.page.goto(council.at('/console/ambridge'))
  await declare(commander.page, 'Strange sign-ins at night')
  await commander.page.getByRole('button', { name: 'Isolate', exact: true }).click()
  await commander.page.getByText('Applications (1)').click()
  await commander.page.getByLabel('Benefits system').check()
  await decide(commander.page, /Isolate Benefits system/)

  const statements = council.at('/console/ambridge/statements')
  await Promise.all([writer, approver].map(({ page }) => page.goto(statements)))
  await writer.page.getByRole('button', { name: 'Draft a statement' }).click()
  await writer.page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /statement/i })
    .waitFor()
  const drafted = writer.page.url()
  await writer.page.getByLabel('If it cannot wait for a second person: why?').waitFor()

  await approver.page.goto(drafted)
  await approver.page.getByText('Drafted by Wendy Writer').first().waitFor()
  const before = await council.running.ask('GET', '/ambridge')
  const revisionBefore = Number(before.headers['holdfast-revision'])
  assert.ok(!before.text.includes(STATEMENT))
  const began = Date.now()
  await approver.page.getByRole('button', { name: 'Publish to all 5 audiences' }).click()
  await approver.page.waitForURL(drafted)
  await eventually('all formats tell it under one revision', async () => {
    const paths = [...LEADING, STATEMENT, ...BESIDE.map((name) => `/ambridge/${name}`)]
    const answers = await Promise.all(
      paths.map(async (path) => ({ path, ...(await council.running.ask('GET', path)) })),
    )
    const revisions = new Set(answers.map(({ headers }) => Number(headers['holdfast-revision'])))
    const told = answers.filter(({ path }) => LEADING.includes(path)).every(({ text }) => text.includes(STATEMENT))
    return told && revisions.size === 1 && [...revisions][0]! > revisionBefore
  })
  t.diagnostic(`milliseconds from the second click to all formats: ${Date.now() - began}`)
  for (const { heard } of [commander, writer, approver]) heard.quiet()
})

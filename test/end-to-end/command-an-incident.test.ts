import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listen, newPageWithPasskeys, newVisitor, noBrowser, overhang, PHONE } from '../browser.ts'
import { eventually } from '../processes.ts'
import { decide, declare, enrolWithPasskey, openCouncil, saidToHaveStopped } from './desk.ts'

test('on a phone, from a printed link to an incident stood down', { skip: noBrowser }, async (t) => {
  const council = await openCouncil(t)
  const visitor = await newVisitor(PHONE)
  const page = await newPageWithPasskeys(visitor)
  const heard = listen(page)
  const fits = async (what: string) => {
    const { pixels, by } = await overhang(page)
    assert.equal(pixels, 0, `${what} is too wide: ${by}`)
  }

  await t.test('a link sets up a passkey, once', async () => {
    const link = await council.invite('Tess Tactical', ['tactical', 'viewer'])
    await enrolWithPasskey(page, link)
    await fits('the account page')
    const stranger = await visitor.newPage()
    const answer = await stranger.goto(link)
    assert.equal(answer?.status(), 404)
    await stranger.close()
  })

  await t.test('signed out, the passkey alone leads in again', async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto(council.at('/console'))
    await fits('the sign-in page')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('heading', { level: 1, name: 'Situation' }).waitFor()
    await fits('the situation')
  })

  await t.test('an incident is declared', async () => {
    await declare(page, 'Strange sign-ins at night')
    await fits('the incident')
  })

  await t.test(
    'the isolation desk shows what a choice stops as it is made, and several choices side by side',
    async () => {
      await page.getByRole('button', { name: 'Isolate', exact: true }).click()
      await page.getByText('Sign-in and identity (1)').click()
      await page.getByLabel('Directory and sign-in').check()
      const preview = page.locator('#preview')
      await preview.getByText('Housing benefit').first().waitFor()
      await fits('the isolation desk')
      await page.getByRole('button', { name: 'Add to the comparison' }).click()
      await page.waitForURL(/do=add/)
      await page.getByText('Applications (1)').click()
      await page.getByLabel('Directory and sign-in').uncheck()
      await page.getByLabel('Benefits system').check()
      await preview.getByText('Isolate Benefits system').first().waitFor()
      const compared = (await preview.textContent())!
      for (const way of [
        'Isolate Benefits system',
        'Isolate Directory and sign-in',
        'Isolate everything',
        'Wait, and isolate nothing',
      ])
        assert.ok(compared.includes(way), `${way} is not compared in: ${compared}`)
    },
  )

  await t.test('it is decided, and the public page tells it', async () => {
    const told = await visitor.newPage()
    const stopped = saidToHaveStopped(told, 'Housing benefit')
    await told.goto(council.at('/ambridge'))
    assert.equal(await stopped.count(), 0)
    await decide(page, /Isolate Benefits system/)
    await fits('the incident with an isolation')
    await eventually('the public page tells it', async () => {
      await told.reload()
      return (await stopped.count()) > 0
    })
    await told.close()
  })

  await t.test('a situation report is filled in, corrected and issued', async () => {
    await page.getByRole('button', { name: 'Write a situation report' }).click()
    await fits('the situation report')
    const known = page.getByLabel('What do we know?')
    assert.match(await known.inputValue(), /Benefits system/)
    await known.fill(`${await known.inputValue()}\nThe Minister has not been told.`)
    await page.getByRole('button', { name: 'Issue the report' }).click()
    await page.getByText('The Minister has not been told.').waitFor()
    await fits('the issued report')
  })

  await t.test('the incident is stood down, and can be read afterwards', async () => {
    await page.goto(council.at('/console/ambridge/'))
    await page.getByRole('link', { name: 'Strange sign-ins at night' }).click()
    await page.getByRole('button', { name: 'Stand down' }).click()
    await page.getByLabel('Why is it over?').fill('It was a test of a new supplier, who had told nobody.')
    await page.getByRole('button', { name: 'Stand the incident down' }).click()
    await page.getByText('Stood down at').waitFor()
    await page.getByRole('link', { name: 'See the whole timeline' }).click()
    await page
      .locator('main li, main td, main h2, main h3, main p')
      .filter({ hasText: 'Strange sign-ins at night' })
      .first()
      .waitFor()
    await fits('the timeline')
  })
  heard.quiet(/status of 404/)
})

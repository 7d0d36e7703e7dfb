import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { listen, newVisitor, noBrowser, overhang, PHONE } from '../browser.ts'
import { eventually } from '../processes.ts'
import { decide, declare, openCouncil, openLink, saidToHaveStopped } from './desk.ts'

/** Passkeys need scripts. Who has none signs in by an authenticator app, or by a printed code. */
test('with scripts switched off, from a printed link to an incident stood down', { skip: noBrowser }, async (t) => {
  const council = await openCouncil(t)
  const visitor = await newVisitor({ ...PHONE, javaScriptEnabled: false })
  const page = await visitor.newPage()
  const heard = listen(page)
  let who = ''
  let printed: string[] = []

  await t.test('a link sets up an authenticator app, and codes are printed', async () => {
    await openLink(page, await council.invite('Olga Offscript', ['tactical', 'viewer']))
    assert.ok(!(await page.getByRole('button', { name: 'Create a passkey' }).isVisible()))
    const key = await page.getByRole('link', { name: 'open the app on this device' }).getAttribute('href')
    const secret = new URL(key!).searchParams.get('secret')!
    await page.getByLabel('Code from your authenticator app').fill(generateSync({ secret }))
    await page.getByRole('button', { name: 'Use this app' }).click()
    await page.getByRole('button', { name: 'Make 8 new recovery codes' }).click()
    const shown = page.locator('.hf-code')
    ;[who = '', ...printed] = await shown.allTextContents()
    assert.equal(printed.length, 8)
    await fits(page)
  })

  await t.test('signed out, a printed code leads in again, to the page that was asked for', async () => {
    await page.goto(council.at('/console/account'))
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto(council.at('/console/ambridge'))
    await page.getByRole('link', { name: 'Sign in with a printed recovery code' }).click()
    await page.getByLabel('Your sign-in code').fill(who)
    await page.getByLabel('Recovery code').fill(printed[0]!)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Situation' }).waitFor()
  })

  await t.test('declared, compared and decided; the public page tells it', async () => {
    await declare(page, 'Strange sign-ins at night')
    await page.getByRole('button', { name: 'Isolate', exact: true }).click()
    await page.getByText('Sign-in and identity (1)').click()
    await page.getByLabel('Directory and sign-in').check()
    await page.getByRole('button', { name: 'Add to the comparison' }).click()
    await page.getByLabel('Directory and sign-in').uncheck()
    await page.getByText('Applications (1)').click()
    await page.getByLabel('Benefits system').check()
    await page.getByRole('button', { name: 'Show what this stops' }).click()
    const preview = page.locator('#preview')
    await preview.getByText('Isolate Benefits system: 1 service stops at once').waitFor()
    const compared = (await preview.textContent())!
    for (const way of ['Isolate Benefits system', 'Isolate Directory and sign-in', 'Wait, and isolate nothing'])
      assert.ok(compared.includes(way), `${way} is not compared in: ${compared}`)
    await fits(page)
    await decide(page, /Isolate Benefits system/)
    const told = await visitor.newPage()
    await eventually('the public page tells it', async () => {
      await told.goto(council.at('/ambridge'))
      return (await saidToHaveStopped(told, 'Housing benefit').count()) > 0
    })
    await told.close()
  })

  await t.test('news is a click away', async () => {
    const link = page.getByRole('link', { name: 'Check for news' })
    const made = await page.locator('#hf-made').textContent()
    await council.record('telephones', 'degraded')
    await link.click()
    await eventually('the page was made anew', async () => (await page.locator('#hf-made').textContent()) !== made)
  })

  await t.test('a report is issued, and the incident stood down', async () => {
    await page.getByRole('button', { name: 'Write a situation report' }).click()
    await page.getByLabel('What do we know?').fill('Benefits are isolated.')
    await page.getByRole('button', { name: 'Issue the report' }).click()
    await page.getByText('Benefits are isolated.').waitFor()
    await page.goto(council.at('/console/ambridge'))
    await page.getByRole('link', { name: 'Strange sign-ins at night' }).click()
    await page.getByRole('button', { name: 'Stand down' }).click()
    await page.getByRole('button', { name: 'Stand the incident down' }).click()
    await page.getByText('There is a problem').waitFor()
    await page.getByLabel('Why is it over?').fill('It was a test.')
    await page.getByRole('button', { name: 'Stand the incident down' }).click()
    await page.getByText('Stood down at').waitFor()
  })
  heard.quiet(/status of (?:404|422)/)
})

async function fits(page: Page): Promise<void> {
  const { pixels, by } = await overhang(page)
  assert.equal(pixels, 0, `${page.url()} is too wide: ${by}`)
}

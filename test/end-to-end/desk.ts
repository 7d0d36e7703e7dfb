import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Role } from '#kernel'
import { done, eventually, freshPlace, type Place, type Running, serve } from '../processes.ts'

export interface Council {
  readonly place: Place
  readonly running: Running
  at(path: string): string
  /** The address of a one-time link, as it is printed. */
  invite(name: string, roles: readonly Role[]): Promise<string>
  /** As a program with a token records it. */
  record(component: string, condition: string): Promise<void>
  /** When the last entry was written into the journal. */
  lastRecordedAt(): Promise<number>
}

const SMALL = `organisation: ambridge
components:
  - { id: network, name: Corporate network, kind: network, owner: IT }
  - { id: sign-in, name: Directory and sign-in, kind: identity, owner: IT, needs: [{ requires: network }] }
  - { id: benefits-system, name: Benefits system, kind: application, needs: [{ requires: sign-in, buffer: PT2H }] }
  - { id: telephones, name: Telephones, kind: telephony, assumed: true }
services:
  - { id: housing-benefit, name: Housing benefit, rto: PT24H, mtpd: P3D, needs: [{ requires: benefits-system }] }
  - { id: contact-centre, name: Contact centre, rto: PT1H, mtpd: PT8H, needs: [{ requires: telephones }] }
`

/** An invented council with four components and two services, on a server of its own. */
export async function openCouncil(t: TestContext): Promise<Council> {
  const place = freshPlace(t)
  const running = await serve(t, place)
  const file = join(place.data, 'small.yaml')
  writeFileSync(file, SMALL)
  await done(['organisation', 'add', 'ambridge', '--name', 'Ambridge Council (invented)'], place)
  await done(['estate', 'import', file, '--organisation', 'ambridge'], place)
  const words = ['--organisation', 'ambridge', '--role', 'tactical', '--name', 'Invented']
  const token = (await done(['token', 'create', ...words], place)).trim()
  const api = '/api/v1/ambridge'
  return {
    place,
    running,
    at: (path) => `http://localhost:${running.port}${path}`,
    async invite(name, roles) {
      const given = roles.flatMap((role) => ['--role', role])
      return (await done(['person', 'invite', '--organisation', 'ambridge', '--name', name, ...given], place)).trim()
    },
    async record(component, condition) {
      const body = { component, condition, reason: 'Invented' }
      const { status, text } = await running.ask('POST', `${api}/incident.record-condition`, { token, body })
      if (status !== 200) throw new Error(text)
    },
    async lastRecordedAt() {
      const { entries } = (await running.ask('GET', `${api}/journal?limit=1000`, { token })).json()
      return Date.parse(entries.at(-1).recordedAt)
    },
  }
}

export async function enrolWithPasskey(page: Page, link: string): Promise<void> {
  await openLink(page, link)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.waitForURL('**/console/account?new')
}

/** The server hears a moment later of what another process has recorded. */
export async function openLink(page: Page, link: string): Promise<void> {
  await eventually('the link is known', async () => (await page.goto(link))?.status() === 200)
}

export async function declare(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Declare an incident' }).click()
  await page.getByLabel('What is happening, in one line?').fill(title)
  await page
    .getByLabel('What do you know so far?')
    .fill('Accounts were used at night from unknown places. All of this is invented.')
  await page.getByRole('button', { name: 'Declare the incident' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

/** From the isolation desk, with something ticked, to the recorded decision. */
export async function decide(page: Page, way: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Go on to decide' }).click()
  await page.getByLabel(way).check()
  await page.getByLabel('No. It is a precaution').check()
  await page
    .getByLabel('Why this, and not the others?')
    .fill('The attacker may have sign-in rights; benefits wait a day.')
  await page.getByRole('button', { name: 'Record the decision' }).click()
  await page.getByRole('heading', { name: 'Isolated in this incident' }).waitFor()
}

/** Where a council's public page says that a service has stopped. */
export function saidToHaveStopped(page: Page, service: string): Locator {
  return page.locator('main section, main div').filter({ hasText: 'Stopped since' }).filter({ hasText: service })
}

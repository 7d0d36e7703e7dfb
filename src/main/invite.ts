import { canSignIn, newEnrolmentLink, people } from '#contexts/access'
import { LIVE, worldOf } from '#contexts/estate'
import { ROLES, type Role } from '#kernel'
import type { Application } from './application.ts'
import { order } from './cli/open.ts'

/** Adds a person and gives the address of their one-time link, as the owner of this machine. */
export async function invite(
  application: Application,
  { url, organisation, name, roles }: { url: string; organisation: string; name: string; roles: readonly Role[] },
): Promise<{ person: string; href: string }> {
  const input = { name, roles: roles.map((role) => ({ role })) }
  const added = await order(application, organisation, 'access.add-person', input)
  const person = added.person as string
  return { person, href: await enrolmentLink(application, { url, organisation, person }) }
}

/** A new one-time link for somebody whose home is this organisation. It is kept nowhere. */
async function enrolmentLink(
  application: Application,
  { url, organisation, person }: { url: string; organisation: string; person: string },
): Promise<string> {
  const { href, hash } = newEnrolmentLink(url)
  await order(application, organisation, 'access.issue-enrolment', { person, hash })
  return href
}

/**
 * A one-time link for the first admin, until one person can sign in; null from then on, and where there is no
 * organisation. In an exercise, where nothing can come to harm, the same person serves all its organisations in every role.
 */
export async function firstAdminLink(application: Application, url: string): Promise<string | null> {
  const { models } = application.journal
  const organisations = models.organisations()
  const [organisation] = organisations.includes('westminster') ? ['westminster'] : organisations
  if (organisation === undefined) return null
  const everybody = organisations.flatMap((slug) => [...models.of(people, slug).people.values()])
  if (everybody.some(canSignIn)) return null
  const world = worldOf(models, organisation)
  const live = world === null || world === LIVE
  const waiting = [...models.of(people, organisation).grants].find(([, roles]) => roles.has('admin'))
  if (waiting && models.of(people, organisation).people.has(waiting[0]))
    return enrolmentLink(application, { url, organisation, person: waiting[0] })
  const name = live ? 'First administrator' : 'Exercise player (invented)'
  const roles = live ? (['admin'] as const) : ROLES
  const { person, href } = await invite(application, { url, organisation, name, roles })
  for (const other of live ? [] : organisations)
    if (other !== organisation && worldOf(models, other) === world)
      for (const role of ROLES) await order(application, other, 'access.grant-role', { person, role })
  return href
}

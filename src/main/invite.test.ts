import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { people } from '#contexts/access'
import { isRefusal, operator, ROLES } from '#kernel'
import { freshDatabaseUrl, temporaryDirectory } from '#test/database'
import { type Application, openApplication } from './application.ts'
import { firstAdminLink, invite } from './invite.ts'

const URL_ = 'https://holdfast.example'

async function open(t: TestContext): Promise<Application> {
  const place = { databaseUrl: await freshDatabaseUrl(t), dataDirectory: temporaryDirectory(t), postgres: null }
  const application = await openApplication(place, ({ level, msg }) => level === 'error' && assert.fail(msg))
  t.after(() => application.close())
  return application
}

async function found(application: Application, slug: string, exercise?: string): Promise<void> {
  const caller = exercise ? { actor: { kind: 'exercise', id: exercise } as const, roles: ['admin'] as const } : operator
  const input = { slug, name: `Invented ${slug}` }
  const done = await application.execute({ organisation: slug, command: 'estate.add-organisation', input, caller })
  assert.ok(!isRefusal(done), JSON.stringify(done))
}

const rolesAt = ({ journal }: Application, slug: string) =>
  [...journal.models.of(people, slug).grants.values()].flatMap((roles) => [...roles.keys()])

test('the first admin’s link is given until one person can sign in, always for the same person', async (t) => {
  const application = await open(t)
  assert.equal(await firstAdminLink(application, URL_), null, 'no organisation yet')
  await found(application, 'hackney')
  const first = await firstAdminLink(application, URL_)
  assert.match(first!, /^https:\/\/holdfast\.example\/console\/enrol\/[\w-]{43}$/)
  assert.notEqual(await firstAdminLink(application, URL_), first)
  assert.deepEqual(rolesAt(application, 'hackney'), ['admin'])

  const [person] = [...application.journal.models.of(people, 'hackney').people.keys()]
  const input = { person, salt: 'AAAA', hashes: ['BBBB'] }
  const command = 'access.issue-recovery-codes'
  await application.execute({ organisation: 'hackney', command, input, caller: operator })
  assert.equal(await firstAdminLink(application, URL_), null)
})

test('in an exercise the first person serves all of its organisations in every role, and no live one', async (t) => {
  const application = await open(t)
  await found(application, 'westminster', 'invented-exercise')
  await found(application, 'hackney', 'invented-exercise')
  await found(application, 'camden')
  await firstAdminLink(application, URL_)
  assert.deepEqual(rolesAt(application, 'westminster').sort(), [...ROLES].sort())
  assert.deepEqual(rolesAt(application, 'hackney').sort(), [...ROLES].sort())
  assert.deepEqual(rolesAt(application, 'camden'), [])
})

test('whoever is invited has the roles that were given, at that organisation', async (t) => {
  const application = await open(t)
  await found(application, 'hackney')
  const roles = ['viewer', 'communications'] as const
  const { person, href } = await invite(application, { url: URL_, organisation: 'hackney', name: 'Invented', roles })
  assert.ok(href.startsWith(`${URL_}/console/enrol/`))
  assert.deepEqual([...application.journal.models.of(people, 'hackney').grants.get(person)!.keys()], [...roles])
})

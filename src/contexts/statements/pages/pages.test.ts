import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statementsGallery, visited, worlds } from './statements.gallery.ts'

const { waits, mine, stale, busy, nothing } = worlds

test('no page in any state shows what is missing instead of words', async () => {
  for (const { name, html } of statementsGallery) {
    const page = (await html()).replace(/<textarea[\s\S]*?<\/textarea>/g, '')
    assert.match(page, /<h1/, name)
    assert.doesNotMatch(page, /undefined|\[object|NaN|Invalid Date|>null</, name)
  }
})

test('from nothing to published is two clicks by two people: one drafts, another publishes', async () => {
  const given: [string, unknown][] = []
  const drafted = await visited(nothing, '/statements', { form: '', given, outcome: { entries: [1], statement: 1 } })
  assert.equal(drafted, 'to /console/example/statements/1')
  assert.match(await visited(waits, '/statements/1'), /Publish to all 5 audiences/)
  const published = await visited(waits, '/statements/1/publish', { form: '', given })
  assert.equal(published, 'to /console/example/statements/1')
  assert.deepEqual(given, [
    ['statements.draft', {}],
    ['statements.publish', { statement: 1 }],
  ])
})

test('whoever wrote it is asked why it cannot wait; somebody else is not', async () => {
  assert.match(await visited(mine, '/statements/1'), /If it cannot wait for a second person: why\?/)
  assert.doesNotMatch(await visited(waits, '/statements/1'), /If it cannot wait/)
})

test('what no longer holds is named with then and now, and its digest goes along only from a page that showed it', async () => {
  const page = await visited(stale, '/statements/1')
  assert.match(page, /What no longer holds/)
  assert.match(page, /How to reach us, contact centre<\/strong>: was not working; now working\./)
  const [, seen] = /name="seen" value="([0-9a-f]{16})"/.exec(page) ?? []
  assert.ok(seen)
  assert.doesNotMatch(await visited(waits, '/statements/1'), /name="seen"/)
  const given: [string, unknown][] = []
  await visited(stale, '/statements/1/publish', { form: `seen=${seen}&audiences=staff`, given })
  assert.deepEqual(given, [['statements.publish', { statement: 1, audiences: ['staff'], seen }]])
})

test('each fact leads to where it is kept', async () => {
  const page = await visited(waits, '/statements/1')
  for (const href of [
    'estate/services/',
    'estate/components/',
    'evidence/',
    'contact-routes"',
    'standing-lines"',
    'incidents/',
  ])
    assert.ok(page.includes(`href="/console/example/${href}`), href)
})

test('a viewer reads all of it and is offered nothing to change', async () => {
  for (const path of ['/statements', '/statements/1', '/contact-routes', '/standing-lines', '/service-words']) {
    const page = await visited(busy, path, { roles: ['viewer'] })
    assert.doesNotMatch(page.replace(/<form[^>]*sign-out[\s\S]*?<\/form>/, ''), /<form|Reword|>Change|Draft a/, path)
  }
})

test('a way to reach us is checked in one tap, with or without a waiting time', async () => {
  const given: [string, unknown][] = []
  await visited(busy, '/contact-routes/duty-team/check', {
    form: 'minutes=20&works=yes',
    given,
    roles: ['contact-centre'],
  })
  await visited(busy, '/contact-routes/duty-team/check', { form: 'minutes=&works=no', given })
  assert.deepEqual(given, [
    ['statements.check-route', { route: 'duty-team', works: true, waitingTime: 'PT20M' }],
    ['statements.check-route', { route: 'duty-team', works: false }],
  ])
})

test('a published version says who published it, and that it was without a second person, and why', async () => {
  const page = await visited(busy, '/statements/1')
  assert.match(
    page,
    /Staff: published version 1 by you, without a second person<\/a><br>Reason: Nobody else is awake\./,
  )
  assert.match(page, /What changed: The telephone works again\./)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newVisitor, noBrowser } from '#test/browser'
import { onPaper } from '#test/on-paper'
import { subscribed } from '#test/subscribed'

test('printed, a page about updates leads back to it, and gives away nobody’s own link', {
  skip: noBrowser,
}, async (t) => {
  const { ask, form, join, messages } = await subscribed(t, { world: 'invented-exercise' })
  await form('/westminster/subscribe', { email: 'jo@example.org' })
  const confirm = /\/subscriptions\/confirm\/[\w-]+/.exec((await messages())[0]!.text)![0]
  const manage = await join('+447700900123', ['bins'])
  const pages = {
    form: await ask('GET', '/westminster/subscribe'),
    confirm: await ask('GET', confirm),
    confirmed: await form(confirm),
    manage: await ask('GET', manage),
    stop: await ask('GET', `${manage}/stop`),
    gone: await ask('GET', '/subscriptions/nonsense'),
  }
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  for (const [name, { text }] of Object.entries(pages)) {
    await page.setContent(text)
    const { sheets, ...wrong } = await onPaper(page)
    assert.deepEqual(wrong, { cut: [], tooWide: [], idle: [], pale: [] }, name)
    for (const sheet of sheets) {
      // In its foot, and beside all of it.
      assert.equal(sheet.endsWith('EXERCISEEXERCISE'), name !== 'gone', name)
      for (const link of [confirm, manage]) assert.ok(!sheet.includes(link.split('/').at(-1)!), name)
    }
    const leads = 'https://holdfast.example.org/westminster/subscribe'
    assert.equal(sheets[0]!.includes(leads), name === 'form', name)
  }
  await visitor.close()
})

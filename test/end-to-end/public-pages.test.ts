import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barriers, listen, newVisitor, noBrowser, overhang } from '../browser.ts'
import { freshPlace, serve } from '../processes.ts'

test('public pages of London at full extent have no barrier and fit every screen', { skip: noBrowser }, async (t) => {
  const { port } = await serve(t, freshPlace(t), { words: [] })
  const at = (path: string) => `http://localhost:${port}${path}`
  const pages = ['/', '/westminster', '/hackney', '/westminster/services/housing-benefit', '/there-is-no-such-page']

  for (const width of [1280, 320])
    await t.test(`${width} pixels wide`, async () => {
      const visitor = await newVisitor({ viewport: { width, height: 800 }, bypassCSP: true })
      const page = await visitor.newPage()
      for (const path of pages) {
        await page.goto(at(path))
        assert.deepEqual(await barriers(page), [], path)
        const { pixels, by } = await overhang(page)
        assert.equal(pixels, 0, `${path} is too wide: ${by}`)
      }
      await visitor.close()
    })

  await t.test('with text at 200 %, nothing is pushed off a small screen', async () => {
    const visitor = await newVisitor({ viewport: { width: 640, height: 740 }, bypassCSP: true })
    const page = await visitor.newPage()
    for (const path of pages) {
      await page.goto(at(path))
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
      const { pixels, by } = await overhang(page)
      assert.equal(pixels, 0, `${path} is too wide: ${by}`)
    }
    await visitor.close()
  })

  await t.test('in forced colours, no state is told by colour alone', async () => {
    const visitor = await newVisitor({ forcedColors: 'active', bypassCSP: true })
    const page = await visitor.newPage()
    for (const path of pages) {
      await page.goto(at(path))
      assert.deepEqual(await barriers(page), [], path)
    }
    await visitor.close()
  })

  await t.test('the policies of a page let all of it through, and it needs no script', async () => {
    for (const javaScriptEnabled of [false, true]) {
      const visitor = await newVisitor({ javaScriptEnabled })
      const page = await visitor.newPage()
      const heard = listen(page)
      for (const path of pages.slice(0, 4)) {
        await page.goto(at(path))
        assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), path)
      }
      heard.quiet()
      await visitor.close()
    }
  })
})

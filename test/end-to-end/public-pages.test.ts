import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barriers, listen, newVisitor, noBrowser, overhang } from '../browser.ts'
import { type OnPaper, onPaper } from '../on-paper.ts'
import { squeezed } from '../printed.ts'
import { freshPlace, serve } from '../processes.ts'

test('public pages of London at full extent have no barrier and fit every screen', { skip: noBrowser }, async (t) => {
  const { port } = await serve(t, freshPlace(t), { words: [] })
  const at = (path: string) => `http://localhost:${port}${path}`
  const pages = [
    '/',
    '/westminster',
    '/hackney',
    '/westminster/services/pay-council-tax',
    '/westminster/statements',
    '/westminster/statements/1',
    '/westminster/contact',
    '/westminster/affected',
    '/westminster/partners',
    '/westminster/press',
    '/westminster/press/received',
    '/westminster/search?q=bins',
    '/there-is-no-such-page',
  ]

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

  await t.test('in the dark, everything can still be read', async () => {
    const visitor = await newVisitor({ colorScheme: 'dark', bypassCSP: true })
    const page = await visitor.newPage()
    for (const path of pages) {
      await page.goto(at(path))
      assert.deepEqual(await barriers(page), [], path)
    }
    await visitor.close()
  })

  await t.test(
    'on the first screen of an old phone without scripts: are bins collected, and whom do I call?',
    async () => {
      const visitor = await newVisitor({ viewport: { width: 320, height: 568 }, javaScriptEnabled: false })
      const page = await visitor.newPage()
      await page.goto(at('/westminster'))
      const first = page.getByRole('main').getByRole('list').first()
      for (const said of ['In danger? Call 999', 'Emergency Duty Team', 'Bins:', 'To reach us:']) {
        const box = await first.getByRole('listitem').filter({ hasText: said }).boundingBox()
        assert.ok(box && box.y + box.height <= 568, `${said} ends at ${box && box.y + box.height}`)
      }
      await visitor.close()
    },
  )

  await t.test('a search and a question to the press office need no script', async () => {
    const visitor = await newVisitor({ javaScriptEnabled: false })
    const page = await visitor.newPage()
    const heard = listen(page)
    await page.goto(at('/westminster'))
    await page.getByRole('searchbox').fill('bins')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Household waste collection' }).first().click()
    assert.ok(await page.getByRole('heading', { level: 1, name: 'Household waste collection' }).isVisible())
    await page.goto(at('/westminster/press'))
    await page.getByLabel('Whom you write or broadcast for').fill('Invented Gazette')
    await page.getByLabel('How we can reach you').fill('newsdesk@gazette.example')
    await page.getByLabel('Your question').fill('When are you back?')
    await page.getByRole('button', { name: 'Send question' }).click()
    assert.ok(await page.getByRole('heading', { name: 'We have your question' }).isVisible())
    heard.quiet()
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
      for (const path of pages.slice(0, -1)) {
        await page.goto(at(path))
        assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), path)
      }
      heard.quiet()
      await visitor.close()
    }
  })

  await t.test('printed, every page can be pinned up and handed on', async (paper) => {
    const visitor = await newVisitor({ bypassCSP: true })
    const page = await visitor.newPage()
    const printed = new Map<string, OnPaper>()
    for (const path of [...pages, '/westminster/subscribe', '/westminster/embed']) {
      await page.goto(at(path))
      printed.set(path, await onPaper(page))
    }
    await visitor.close()
    const each = (what: Exclude<keyof OnPaper, 'sheets'>) =>
      [...printed].flatMap(([path, one]) => one[what].map((words) => `${path}: ${words}`))
    const first = (path: string) => printed.get(path)!.sheets[0]!
    const sheets = (path: string) => printed.get(path)!.sheets.length

    await paper.test('the first sheet says what is so, when, until when, and whom to call in danger', () => {
      assert.match(first('/westminster'), /At\S+onTuesday25November2025,12of60serviceshavestopped,22arelimited/)
      for (const said of [
        'In danger? Call 999',
        'Emergency Duty Team: 020 7946 0111',
        'Bins: As usual',
        'To reach us:',
      ])
        assert.ok(first('/westminster').includes(squeezed(said)), said)
      for (const path of pages) assert.match(first(path), /Ifyoureadthisafter\S+2025,itmaybeoutofdate\./, path)
    })

    await paper.test('the first sheet says where the page is, unless nothing can be looked at again there', () => {
      for (const path of printed.keys()) {
        const lost = path === '/there-is-no-such-page' || path === '/westminster/press/received'
        assert.equal(first(path).includes(squeezed(`This page as it is now: ${at(path)}`)), !lost, path)
      }
    })

    await paper.test('every sheet of an exercise says so', () => {
      for (const [path, { sheets }] of printed)
        for (const [number, sheet] of sheets.entries())
          assert.ok(sheet.includes('EXERCISE'), `${path}, sheet ${number + 1}`)
    })

    await paper.test('no row is cut, no heading left alone, and nothing ends right of the paper', () => {
      assert.deepEqual([...each('cut'), ...each('tooWide')], [])
    })

    await paper.test('nothing takes room that works on a screen only', () => {
      assert.deepEqual(each('idle'), [])
    })

    await paper.test('all is black on white in 12 points or more, whatever the colours of the device', () => {
      assert.deepEqual(each('pale'), [])
    })

    await paper.test('no more paper than it needs', () => {
      assert.ok(sheets('/westminster') <= 5, `the council fills ${sheets('/westminster')} sheets`)
      assert.ok(sheets('/') <= 3, `the region fills ${sheets('/')} sheets`)
      assert.equal(sheets('/westminster/services/pay-council-tax'), 1)
      assert.equal(sheets('/westminster/contact'), 1)
    })
  })
})

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { serveConsole } from '#test/console-served'
import { readGallery } from '../../src/main/gallery.ts'
import { barriers, newVisitor, noBrowser, overhang } from '../browser.ts'
import { walkByKeyboard } from '../keyboard.ts'

const PHONE = { width: 320, height: 700 }
const WIDE = { width: 1280, height: 900 }
/** A minute of a free machine's time, but machines are shared. */
const LONG = { skip: noBrowser, timeout: 900_000 }
/** Those where most is done, to be walked through by keyboard. */
const MAIN = [
  'access: sign in, wrong',
  'access: account, in use',
  'access: person',
  'estate: estate',
  'estate: service, to change',
  'estate: import, mistakes',
  'exercise: exercise',
  'incident: situation, many services hit',
  'incident: declare, with mistakes',
  'incident: incident',
  'incident: isolation desk, ways compared',
  'incident: decide what to isolate',
  'incident: write a report',
  'incident: timeline',
  'incident: picture, something stopped',
]

test('every page of the console, in each of its states, is open to everybody', LONG, async (t) => {
  const pages = await serveGallery(t)
  const visitor = await newVisitor({ bypassCSP: true, viewport: PHONE })
  const found: string[] = []
  const hold = (name: string, how: string, words: readonly string[]) =>
    found.push(...words.map((one) => `${name}, ${how}: ${one}`))
  const waiting = [...pages]
  await Promise.all([tab(), tab()])
  await visitor.close()
  assert.deepEqual(found.sort(), [])

  /** A page is loaded once, and looked at in every way. */
  async function tab() {
    const page = await visitor.newPage()
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, url } = next
      await page.setViewportSize(PHONE)
      await page.goto(url)
      hold(name, '320 pixels wide', [...(await barriers(page)), ...(await tooWide(page))])
      await page.emulateMedia({ forcedColors: 'active' })
      hold(name, 'in forced colours', await barriers(page, ['color-contrast']))
      await page.emulateMedia({ forcedColors: 'none' })
      await page.setViewportSize(WIDE)
      hold(name, 'wide', await barriers(page))
      await page.setViewportSize({ width: 640, height: 740 })
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
      hold(name, 'with text at 200 %', await tooWide(page))
    }
  }
})

test('by keyboard alone everything is reached and seen to be, and nothing holds it', { skip: noBrowser }, async (t) => {
  const pages = await serveGallery(t)
  const visitor = await newVisitor({ viewport: WIDE })
  const page = await visitor.newPage()
  const found: string[] = []
  for (const main of MAIN) {
    const { url } = pages.find(({ name }) => name === main) ?? assert.fail(`${main} is not in the gallery`)
    await page.goto(url)
    found.push(...(await walkByKeyboard(page)).map((words) => `${main}: ${words}`))
  }
  await visitor.close()
  assert.deepEqual(found, [])
})

test('a situation report fills two printed pages at most', { skip: noBrowser }, async (t) => {
  const pages = await serveGallery(t)
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  const reports = pages.filter(({ name }) => name.startsWith('incident: report'))
  assert.ok(reports.length > 0)
  for (const { name, url } of reports) {
    await page.goto(url)
    const printed = await printedPages(page)
    assert.ok(printed >= 1 && printed <= 2, `${name} fills ${printed} pages`)
  }
  await visitor.close()
})

async function serveGallery(t: TestContext) {
  const exhibits = await readGallery()
  const { port } = await serveConsole(t, { exhibits }, 'http://localhost')
  const gallery = `http://localhost:${port}/console/gallery`
  return [
    { name: 'the list of the gallery', url: gallery },
    ...exhibits.map(({ room, name }, number) => ({ name: `${room}: ${name}`, url: `${gallery}/${number}` })),
  ]
}

async function tooWide(page: Page): Promise<string[]> {
  const { pixels, by } = await overhang(page)
  return pixels > 0 ? [`${pixels} pixels too wide: ${by}`] : []
}

/** Pages of A4, counted in the PDF that a browser's print command makes. */
async function printedPages(page: Page): Promise<number> {
  const pdf = (
    await page.pdf({ format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' } })
  ).toString('latin1')
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

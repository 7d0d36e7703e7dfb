import type { Page } from 'playwright-core'
import { overhang } from './browser.ts'
import { printedSheets, squeezed } from './printed.ts'

/** A page as its reader gets it on A4, and what is wrong with it. */
export interface OnPaper {
  /** The letters of each sheet, without blanks. */
  readonly sheets: readonly string[]
  /** Rows and paragraphs that begin on one sheet and end on another, and headings without what they are about. */
  readonly cut: readonly string[]
  /** What ends right of the paper. */
  readonly tooWide: readonly string[]
  /** What works on a screen only. */
  readonly idle: readonly string[]
  /** Words that are not black on white, or are smaller than 12 points. */
  readonly pale: readonly string[]
}

/** The width of A4 in CSS pixels, less the margins that our stylesheet sets. */
const WIDTH = Math.floor(((210 - 2 * 11) / 25.4) * 96)
const DEVICES = [
  {},
  { colorScheme: 'dark' },
  { forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const

/** Looks at what a page prints, from devices of all kinds. */
export async function onPaper(page: Page): Promise<OnPaper> {
  await page.setViewportSize({ width: WIDTH, height: 1000 })
  await page.emulateMedia({ media: 'print' })
  const { pixels, by } = await overhang(page)
  const idle = await page.evaluate<string[]>(IDLE)
  const kept = await page.evaluate<string[]>(KEPT)
  const pale: string[] = []
  for (const device of DEVICES) {
    await page.emulateMedia({ media: 'print', colorScheme: 'light', forcedColors: 'none', ...device })
    pale.push(...(await page.evaluate<string[]>(PALE)).map((one) => `${JSON.stringify(device)}: ${one}`))
  }
  await page.emulateMedia({ media: null, colorScheme: null, forcedColors: null })
  const sheets = await printedSheets(page)
  const cut = kept.filter((text) => !sheets.some((sheet) => sheet.includes(squeezed(text))))
  return { sheets, cut, tooWide: pixels > 0 ? [by] : [], idle, pale }
}

const IDLE = `[...document.querySelectorAll('form, input, textarea, button, nav, a[href^="#"], .govuk-back-link')]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100))`

/** Each of these stands on one sheet, a heading with the first letters of what comes after it. */
const KEPT = `(() => {
  const shown = (one) => one.checkVisibility() && one.innerText.trim() !== ''
  const after = (one) => {
    let next = one.nextElementSibling
    while (next && !shown(next)) next = next.nextElementSibling
    return next ? next.innerText.trim().slice(0, 12) : ''
  }
  const all = (what) => [...document.querySelectorAll(what)].filter(shown)
  return [
    ...all('main li:not(.hf-tiles li), tbody tr, main p').map((one) => one.innerText),
    ...all('h1, h2, h3, .hf-story').map((one) => one.innerText + after(one)),
  ]
})()`

const PALE = `(() => {
  const clear = ['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)']
  const found = []
  for (const one of document.querySelectorAll('body *')) {
    const words = [...one.childNodes].filter(({ nodeType, data }) => nodeType === 3 && data.trim() !== '')
    if (words.length === 0 || !one.checkVisibility()) continue
    const { color, fontSize } = getComputedStyle(one)
    const say = (what) => found.push(what + ': ' + one.outerHTML.slice(0, 100))
    if (color !== 'rgb(0, 0, 0)') say(color)
    if (parseFloat(fontSize) < 16) say(fontSize)
    for (let under = one; under; under = under.parentElement) {
      const { backgroundColor } = getComputedStyle(under)
      if (!clear.includes(backgroundColor)) say('on ' + backgroundColor)
    }
  }
  return found
})()`

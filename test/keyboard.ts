import type { Page } from 'playwright-core'

const MOST_KEYS = 250

/** Goes through a page by the Tab key: what cannot be reached, shows no focus, or holds on to it, a line each. */
export async function walkByKeyboard(page: Page): Promise<string[]> {
  await page.evaluate(PREPARE)
  const found: string[] = []
  for (let key = 0; key < MOST_KEYS; key++) {
    await page.keyboard.press('Tab')
    const at = (await page.evaluate('tabbed()')) as { left: boolean; unseen: string | null }
    if (at.left) return [...found, ...((await page.evaluate('missed()')) as string[])]
    if (at.unseen) found.push(`shows no focus: ${at.unseen}`)
  }
  return [...found, `the focus has not left the page after ${MOST_KEYS} keys`]
}

/** Radio buttons of one question are one stop; what is closed, disabled or not shown is none. */
const PREPARE = `(() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true })
  const seenBefore = new Map()
  const reached = new Set()
  const named = (one) => one.outerHTML.slice(0, 120)
  // GOV.UK draws the focus of ticks on their label; boxes of a picture show it on their edge.
  const look = (one) => {
    const parts = [[one, null], [one, '::before'], [one, '::after']]
    for (const label of one.labels ?? []) parts.push([label, '::before'], [label, '::after'])
    for (const inner of one.querySelectorAll('rect, path')) parts.push([inner, null])
    return parts.map(([part, pseudo]) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, borderWidth, fill, stroke } = getComputedStyle(part, pseudo)
      return [outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, borderWidth, fill, stroke].join()
    }).join(';')
  }
  const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((one) => shown(one) && !one.disabled)
  for (const one of stops) seenBefore.set(one, look(one))
  let first = null
  globalThis.tabbed = () => {
    const at = document.activeElement
    if (!at || at === document.body || at === document.documentElement || at === first) return { left: true, unseen: null }
    first ??= at
    reached.add(at)
    const before = seenBefore.get(at)
    return { left: false, unseen: before === undefined || before === look(at) ? named(at) : null }
  }
  globalThis.missed = () => stops
    .filter((one) => !reached.has(one))
    .filter((one) => one.type !== 'radio' || ![...reached].some(({ type, name }) => type === 'radio' && name === one.name))
    .map((one) => 'is not reached: ' + named(one))
})()`

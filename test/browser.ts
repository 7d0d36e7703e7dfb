import assert from 'node:assert/strict'
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { after } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'chromium-headless-shell', 'google-chrome', 'google-chrome-stable']
const PLACES = [
  '/usr/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
]
/** Nothing but the tests' own requests leaves this browser. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function findBrowser(): string | null {
  const named = process.env.HOLDFAST_BROWSER
  if (named) return named
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...PLACES]
  const paths = [...NAMES, 'Google Chrome', 'Chromium'].flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const found = findBrowser()
if (!found && process.env.CI === 'true') throw new Error('No browser was found, and here the tests in one must run.')

/** For a test's option `skip`: false where there is a browser. */
export const noBrowser: string | false = found
  ? false
  : 'no browser: apt-get install chromium, or name one in HOLDFAST_BROWSER'

let browser: Promise<Browser> | undefined
after(async () => (await browser)?.close())

/** A person's browser, with nothing of any other's: one program for all of a test file. */
export async function newVisitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  browser ??= chromium.launch({ executablePath: found!, args: QUIET, chromiumSandbox: false })
  const context = await (await browser).newContext({ locale: 'en-GB', timezoneId: 'Europe/London', ...options })
  context.setDefaultTimeout(30_000)
  return context
}

export const PHONE = { viewport: { width: 375, height: 740 } }

/** A page whose device keeps passkeys, and gives them at once as if its owner had unlocked it (WebAuthn level 3, 11). */
export async function newPageWithPasskeys(visitor: BrowserContext): Promise<Page> {
  const page = await visitor.newPage()
  const devtools = await visitor.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

/** What breaks WCAG 2.2 A or AA on a page as it stands, or one of these rules alone, a line each. The visitor needs `bypassCSP`. */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(
    (runOnly) => (globalThis as unknown as Axe).axe.run({ runOnly, resultTypes: ['violations'] }),
    rules ? { type: 'rule', values: rules } : { type: 'tag', values: STANDARDS },
  )
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`))
}

interface Axe {
  readonly axe: {
    run(options: object): Promise<{ violations: { id: string; help: string; nodes: { target: string[] }[] }[] }>
  }
}

/** How many pixels a page is too wide for its screen, and what sticks out most. */
export async function overhang(page: Page): Promise<{ pixels: number; by: string }> {
  return page.evaluate(OVERHANG)
}

const OVERHANG = `(() => {
  const root = document.documentElement
  const all = [...document.querySelectorAll('body *')].filter((one) => !one.closest('.hf-scroll, svg *'))
  const right = (one) => one.getBoundingClientRect().right
  const widest = all.reduce((a, b) => (right(b) > right(a) ? b : a))
  return { pixels: root.scrollWidth - root.clientWidth, by: widest.outerHTML.slice(0, 150) + ' ends at ' + right(widest) }
})()`

/** Nothing that a page says in the browser's console is wanted: broken policies and scripts speak there. */
export function listen(page: Page): { quiet(but?: RegExp): void } {
  const heard: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(`${message.text()} (${page.url()})`)
  })
  page.on('pageerror', (error) => heard.push(`${error.message} (${page.url()})`))
  return { quiet: (but) => assert.deepEqual(but ? heard.filter((words) => !but.test(words)) : heard, []) }
}

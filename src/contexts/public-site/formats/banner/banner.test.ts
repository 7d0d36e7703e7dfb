import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { barriers, newVisitor, noBrowser } from '#test/browser'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import type { OrganisationFacts } from '../../core/facts.ts'
import { worldFacts } from '../../projections/public-facts.ts'
import { organisationDocuments } from '../../publication/render.ts'
import { BANNER_SCRIPTS, bannerSnippet } from './banner.ts'

test('a released script keeps its address and its bytes for ever, and is small', () => {
  const released = [['2f32413a5e41a857', 'sha384-XuUHezOXY9DwwTlkDSTOHeNNOS+6tQspknQOhEPCF19RoHpu4K4fC/klm06jawR9']]
  assert.deepEqual(
    BANNER_SCRIPTS.map(({ name, integrity }) => [name, integrity]),
    released,
  )
  for (const { text } of BANNER_SCRIPTS) assert.ok(Buffer.byteLength(text) < 2048, `${Buffer.byteLength(text)} bytes`)
})

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script> Council'

function council(change: 'calm' | 'hit', { name = 'Borchester Council', world = 'live' } = {}): OrganisationFacts {
  const made = handMadeWorld(Date.now(), world)
  made.found('westminster', name, inventedEstate('westminster', 6))
  if (change === 'hit') made.isolate('westminster', made.declare('westminster'), ['westminster/corporate-network'])
  return worldFacts(made.models, world, made.now).organisations[0]!
}

const servers: Server[] = []
after(() => {
  for (const server of servers) server.close()
})

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

interface Situation {
  readonly facts: OrganisationFacts
  readonly confirmedFor?: number
  readonly broken?: (path: string) => boolean
  readonly altered?: boolean
}

/** A council's website of another origin, with the strictest policy under which the snippet must work. */
async function website(situation: Situation): Promise<string> {
  const { facts, confirmedFor = 1_800_000, broken = () => false, altered = false } = situation
  let documents = new Map<string, { text: string; type: string; headers: Record<string, string> }>()
  const status = await listen((request, response) => {
    const found = documents.get(request.url!)
    if (!found || broken(request.url!)) return void response.writeHead(503).end()
    const text = altered && request.url!.endsWith('.js') ? `${found.text};document.title='altered'` : found.text
    response.writeHead(200, { ...found.headers, 'Content-Type': found.type }).end(text)
  })
  const issue = {
    revision: 1,
    madeAt: Date.now(),
    confirmedUntil: Date.now() + confirmedFor,
    url: status,
    language: 'en-GB',
  } as const
  documents = new Map(
    [...organisationDocuments(facts, issue)].flatMap(({ paths, text, contentType: type, headers }) =>
      paths.map((path) => [path, { text, type, headers }] as const),
    ),
  )
  const policy = [
    `default-src 'none'`,
    `script-src ${status}`,
    `connect-src ${status}`,
    `style-src 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
  const page = `<!doctype html><html lang="en"><title>Made-up council website</title><main><h1>Bins</h1>${bannerSnippet(facts, issue).join('\n')}</main>`
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy }
  return listen((_, response) => void response.writeHead(200, headers).end(page))
}

interface Seen {
  /** The words of the banner; null where there is none. */
  readonly banner: string | null
  readonly page: Page
  readonly heard: readonly string[]
}

async function visit(t: TestContext, situation: Situation, options = {}, shows = true): Promise<Seen> {
  const visitor = await newVisitor(options)
  t.after(() => visitor.close())
  const page = await visitor.newPage()
  const heard: string[] = []
  page.on('console', (message) => heard.push(message.text()))
  page.on('pageerror', (error) => heard.push(error.message))
  await page.goto(await website(situation))
  const region = page.getByRole('region')
  if (shows) await region.waitFor()
  else await page.waitForLoadState('networkidle')
  const banner = (await region.count()) === 0 ? null : (await region.locator('p').allTextContents()).join('\n')
  return { banner, page, heard }
}

test('on a website of another origin, under a strict policy and its hash, the banner says what works', {
  skip: noBrowser,
}, async (t) => {
  await t.test('nothing while all is as usual, and the plain link stands', async (t) => {
    const { banner, page, heard } = await visit(t, { facts: council('calm') }, {}, false)
    assert.equal(banner, null)
    assert.ok(await page.getByRole('link', { name: 'See what works now at Borchester Council' }).isVisible())
    assert.deepEqual(heard, [])
  })

  await t.test('what has stopped, in a named region that everybody can use', async (t) => {
    const { banner, page, heard } = await visit(t, { facts: council('hit') })
    assert.match(banner!, /2 of 6 services have stopped and 4 are running as usual/)
    assert.ok(await page.getByRole('region', { name: 'Services of Borchester Council' }).isVisible())
    const link = page.getByRole('region').getByRole('link')
    assert.match((await link.getAttribute('href'))!, /^http:\/\/localhost:\d+\/westminster$/)
    assert.deepEqual(heard, [])
    const checked = await visit(t, { facts: council('hit') }, { bypassCSP: true })
    assert.deepEqual(await barriers(checked.page), [])
  })

  await t.test('that it may be out of date, also where it told that all was as usual', async (t) => {
    for (const change of ['hit', 'calm'] as const) {
      const { banner } = await visit(t, { facts: council(change), confirmedFor: -1000 })
      assert.match(banner!, /If you read this after .*, it may be out of date/)
    }
  })

  await t.test('that it cannot tell, where the page behind it does not answer', async (t) => {
    const { banner } = await visit(t, { facts: council('hit'), broken: (path) => path.endsWith('banner.json') })
    assert.match(banner!, /We cannot tell here which services work now/)
  })

  await t.test('EXERCISE in an exercise', async (t) => {
    const { banner } = await visit(t, { facts: council('hit', { world: 'borchester-2025' }) })
    assert.match(banner!, /EXERCISE\. This is practice[\s\S]*EXERCISE: 2 of 6/)
  })

  await t.test('hostile words as words', async (t) => {
    const { page, heard } = await visit(t, { facts: council('hit', { name: HOSTILE }) })
    const link = page.getByRole('region').getByRole('link')
    assert.ok((await link.textContent())!.includes('<img src=x onerror='))
    assert.equal(await page.title(), 'Made-up council website')
    assert.deepEqual(heard, [])
  })

  await t.test('nothing at all where the script is another than the hash names; the link stands', async (t) => {
    const { banner, page, heard } = await visit(t, { facts: council('hit'), altered: true }, {}, false)
    assert.equal(banner, null)
    assert.equal(await page.title(), 'Made-up council website')
    assert.ok(heard.some((line) => /integrity/.test(line)))
    assert.ok(await page.getByRole('link', { name: /See what works now/ }).isVisible())
  })

  await t.test('a plain link without scripts', async (t) => {
    const { banner, page } = await visit(t, { facts: council('hit') }, { javaScriptEnabled: false }, false)
    assert.equal(banner, null)
    assert.ok(await page.getByRole('link', { name: /See what works now/ }).isVisible())
  })
})

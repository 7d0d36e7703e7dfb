import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSayWho, type Frame, type Page, type PageAnswer } from '#command'
import { isRefusal, type Role } from '#kernel'
import { type House, openHouse } from '#test/house'
import { defineComponent, defineService } from '../core/define.ts'
import { isEmptyPlan, planRevision } from '../core/plan.ts'
import { estateDecider } from '../core/state.ts'
import { estateOf } from '../projections/estates.ts'
import { templateEstate } from '../template/templates.ts'
import { inputOf, typedIn, typedOf } from './edit-form.ts'
import { gallery } from './estate.gallery.ts'
import { pages } from './index.ts'
import { isService, type Node, shortId } from './place.ts'
import { readDuration, sayDuration } from './say.ts'

const HOSTILE = '<script>alert(1)</script>{{ 7 * 7 }}"\' onload='

/** The pages of one organisation on a real journal, as the console would ask for them. */
function browser(house: House, organisation: string, roles: readonly Role[] = ['tactical']) {
  const caller = { actor: { kind: 'person', id: 'p-1' }, roles } as const
  const frame = { organisation: { slug: organisation, name: organisation }, navigation: [], elsewhere: [], roles: [] }
  return async (method: Page['method'], address: string, form: URLSearchParams | null = null): Promise<PageAnswer> => {
    const url = new URL(address, 'https://here.invalid')
    for (const page of pages) {
      const names = [...page.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
      const found = new RegExp(`^${page.path.replace(/:\w+/g, '([^/]+)')}$`).exec(url.pathname)
      if (page.method !== method || !found || (url.pathname.endsWith('/new') && !page.path.endsWith('/new'))) continue
      return page.handle({
        organisation,
        params: Object.fromEntries(names.map((name, place) => [name, found[place + 1]!])),
        url: `${url.pathname}${url.search}`,
        query: url.searchParams,
        form,
        reader: { person: 'p-1', name: 'Alex Example', caller },
        now: Date.parse('2025-11-25T08:00:00Z'),
        models: house.journal.models,
        who: createSayWho(caller.actor, () => null),
        frame: { ...frame, madeAt: '2025-11-25T08:00:00.000Z', position: 1 } as unknown as Frame,
        give: (command, input) => house.ask(organisation, command, input, { role: roles }),
        ask: (query, input = {}) => house.read(organisation, query, input, { role: roles }),
      })
    }
    throw new Error(`no page ${method} ${address}`)
  }
}

const html = (answer: PageAnswer) => ('html' in answer ? answer.html : assert.fail(JSON.stringify(answer)))
const led = (answer: PageAnswer) => ('redirect' in answer ? answer.redirect : assert.fail('it leads nowhere'))
const fields = (...pairs: [string, string][]) => new URLSearchParams(pairs)

test('pages on a real journal', async (t) => {
  const house = await openHouse(t)
  await house.found('example')
  const visit = browser(house, 'example')
  const estate = () => estateOf(house.journal.models, 'example')!

  await t.test(
    'an empty estate leads to the guided start, which takes chosen services with all that they need',
    async () => {
      assert.match(html(await visit('GET', '/estate')), /Start with a typical council/)
      assert.match(html(await visit('GET', '/estate/start')), /value="pay-council-tax"/)
      const refused = await visit('POST', '/estate/start', fields())
      assert.match(html(refused), /Choose at least one service/)
      assert.equal(
        led(await visit('POST', '/estate/start', fields(['services[]', 'pay-council-tax']))),
        '/console/example/estate',
      )
      assert.deepEqual(
        estate().services.map(({ id }) => id),
        ['example/pay-council-tax'],
      )
      assert.ok(estate().components.length > 5)
    },
  )

  await t.test('one entry is confirmed by its button, then all that are shown', async () => {
    await visit(
      'POST',
      '/estate?q=network',
      fields(['confirm', 'corporate-network'], ['shown', 'corporate-network internet']),
    )
    const left = () =>
      [...estate().components, ...estate().services].filter((one) => one.assumed).map(({ id }) => shortId(id))
    assert.ok(!left().includes('corporate-network') && left().includes('internet'))
    const page = html(await visit('GET', '/estate'))
    const shown = /name="shown" value="([^"]+)"/.exec(page)![1]!
    await visit('POST', '/estate', fields(['shown', shown]))
    assert.deepEqual(left(), [])
  })

  await t.test('a service shows the least to keep alive and its needs; single points are ranked', async () => {
    const page = html(await visit('GET', '/estate/services/pay-council-tax'))
    assert.match(page, /The least to keep alive/)
    assert.match(page, /Stops without/)
    assert.match(html(await visit('GET', '/estate/single-points')), /stops 1 service/)
    const missing = await visit('GET', '/estate/services/pay-council-tx')
    assert.ok(isRefusal(missing) && /pay-council-tax/.test(missing.detail))
  })

  await t.test('a refused form keeps everything that was typed, and says where', async () => {
    const typed = fields(
      ['name', HOSTILE],
      ['id', 'new-one'],
      ['kind', 'data'],
      ['rows', '2'],
      ['needs-1-anyOf', 'corporate-netwrok'],
    )
    typed.set('needs-1-buffer', '3 hours')
    const page = html(await visit('POST', '/estate/components/new', typed))
    assert.match(page, /did you mean corporate-network\?/)
    assert.match(page, /href="#needs-0-anyOf"/)
    assert.match(page, /value="corporate-netwrok"/)
    assert.match(page, /value="3 hours"/)
    assert.doesNotMatch(page, /<script>alert|\b49\b/)
    typed.set('needs-1-anyOf', 'corporate-network')
    assert.equal(
      led(await visit('POST', '/estate/components/new', typed)),
      '/console/example/estate/components/new-one',
    )
    const made = estate().components.find(({ id }) => id === 'example/new-one')!
    assert.deepEqual(made.needs, [
      { anyOf: ['example/corporate-network'], atLeast: 1, strength: 'requires', buffer: 'PT3H' },
    ])
    assert.doesNotMatch(html(await visit('GET', '/estate')), /<script>alert|\b49\b/)
    assert.match(html(await visit('POST', '/estate/components/corporate-network/retire', fields())), /First change/)
    assert.equal(led(await visit('POST', '/estate/components/new-one/retire', fields())), '/console/example/estate')
  })

  await t.test('an import shows its changes first, and does not take what was edited after that', async () => {
    const text = 'components:\n\n\n  - { id: only, name: Only, kind: network }\n'
    const wrong = html(await visit('POST', '/estate/import', fields(['text', text.replace('network', 'netwrok')])))
    assert.match(wrong, /Line 4, column \d+: kind/)
    assert.ok(wrong.includes('components:\n\n\n  - { id: only'), 'line by line as it was pasted')
    const shown = html(await visit('POST', '/estate/import', fields(['text', text], ['step', 'check'])))
    assert.match(shown, /Added<\/strong> component example\/only/)
    const checked = /name="checked" value="(\w+)"/.exec(shown)![1]!
    const take = (said: string) =>
      visit('POST', '/estate/import', fields(['text', said], ['step', 'import'], ['checked', checked]))
    assert.match(html(await take(text.replace('Only', 'Other'))), /What this import would do/)
    assert.ok(estate().components.length > 1, 'nothing has been changed')
    assert.equal(led(await take(text.replaceAll('\n', '\r\n'))), '/console/example/estate')
    assert.deepEqual(
      estate().components.map(({ id }) => id),
      ['example/only'],
    )
  })

  await t.test('tables are imported as well as a text, and a mistake names its table', async () => {
    const components = 'id,name,kind\nnet,Network,network\n'
    const services = 'id,name,rto\npay,Pay,P1D\n'
    const send = (...more: [string, string][]) =>
      visit('POST', '/estate/import', fields(['components', components], ['services', services], ...more))
    const wrong = html(await send(['needs', 'dependent,strength,targets\npay,requires,nothing\n']))
    assert.match(wrong, /href="#needs">Table needs, line 2, column \d+: /)
    const needs: [string, string] = ['needs', 'dependent,strength,targets\npay,requires,net\n']
    const checked = /name="checked" value="(\w+)"/.exec(html(await send(needs)))![1]!
    assert.equal(led(await send(needs, ['step', 'import'], ['checked', checked])), '/console/example/estate')
    assert.deepEqual(estate().services[0]!.needs[0]!.anyOf, ['example/net'])
  })
})

test('saving the form as it was opened changes nothing of any entry of a typical council', () => {
  const estate = templateEstate('typical-council', 'here')
  assert.ok(!isRefusal(estate))
  const nodes: readonly Node[] = [...estate.components, ...estate.services]
  const organisation = 'here'
  const known = new Map([[organisation, new Set(nodes.map(({ id }) => id))]])
  for (const node of nodes) {
    const typed = typedOf(node, organisation)
    const form = new URLSearchParams({ rows: String(typed.needs.length) })
    for (const [name, value] of Object.entries(typed))
      if (typeof value === 'string') form.set(name, value)
      else if (value === true) form.set(name, 'yes')
    for (const [row, need] of typed.needs.entries())
      for (const [name, value] of Object.entries(need)) form.set(`needs-${row}-${name}`, value)
    const { input, errors } = inputOf(typedIn(form), isService(node))
    assert.deepEqual(errors, [])
    const define = isService(node) ? defineService : defineComponent
    const decided = define(estateDecider.initial(), input as never, { organisation, known })
    assert.ok(!isRefusal(decided))
    const [event] = decided
    const data = event!.data as { component?: Node; service?: Node }
    const { assumed: _, ...confirmed } = node
    const of = (one: unknown) => ({ organisation, components: [one] as never, services: [] })
    assert.ok(isEmptyPlan(planRevision(of(confirmed), of(data.component ?? data.service))), node.id)
  }
})

test('lengths of time are read as people write them', () => {
  const read = {
    '8 hours': 'PT8H',
    '1 day 4 hours': 'P1DT4H',
    '2d': 'P2D',
    '90 min': 'PT1H30M',
    '1 week': 'P7D',
    pt4h: 'PT4H',
  }
  for (const [text, iso] of Object.entries(read)) assert.equal(readDuration(text), iso, text)
  for (const text of ['', 'soon', '8', '8 parsecs', '-1 hours', '1 hour tomorrow'])
    assert.equal(readDuration(text), null, text)
  for (const iso of ['PT8H', 'P5D', 'PT1H30M', 'P1DT4H', 'PT15M']) assert.equal(readDuration(sayDuration(iso)), iso)
})

test('every page of the gallery renders', () => {
  for (const { name, html: render } of gallery) assert.match(render(), /<h1/, name)
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { COMPONENT_KINDS, type Estate } from '../estate.ts'
import { parseEstate, writeEstate } from '../files/index.ts'
import { estateFromTemplate, readTemplate, SMALL_COUNCIL_SERVICES } from '../template.ts'

const text = readFileSync(new URL('../../template/typical-council.yaml', import.meta.url), 'utf8')
const template = readTemplate(text)

function unresolved(estate: Estate): string[] {
  const nodes = [...estate.components, ...estate.services]
  const ids = new Set(nodes.map((node) => node.id))
  return nodes.flatMap((node) => node.needs.flatMap((need) => need.anyOf.filter((target) => !ids.has(target))))
}

test('the template is a whole estate: every target is in it, every kind is shown, every number is used once', () => {
  assert.deepEqual(unresolved(template), [])
  assert.deepEqual(new Set(template.components.map((one) => one.kind)), new Set(COMPONENT_KINDS))
  const numbers = template.services.map((one) => one.lgsl)
  assert.equal(new Set(numbers).size, numbers.length)
  assert.ok(numbers.every((number) => number !== undefined))
  assert.ok(template.services.length >= 55 && template.components.length >= 60)
})

test('the template says plainly that it is an assumption', () => {
  assert.match(text, /THE MAP IS INVENTED/)
  assert.match(text, /Open Government Licence/)
  assert.ok([...template.components, ...template.services].every((node) => node.assumed))
})

test('every service of the template has an owner, times and needs', () => {
  for (const service of template.services)
    assert.ok(service.owner && service.rto && service.mtpd && service.needs.length > 0, service.id)
})

test('social care out of hours stands on nothing of the corporate network', () => {
  const estate = estateFromTemplate(template, 'here', { services: ['out-of-hours-social-care'] })
  const nodes = new Map([...estate.components, ...estate.services].map((node) => [node.id, node]))
  const lost = (id: string, seen: Set<string> = new Set()): boolean => {
    if (id === 'here/corporate-network') return true
    if (seen.has(id)) return false
    const required = nodes.get(id)!.needs.filter((need) => need.strength === 'requires')
    const deeper = new Set([...seen, id])
    return required.some((need) => need.anyOf.filter((target) => !lost(target, deeper)).length < need.atLeast)
  }
  assert.equal(lost('here/out-of-hours-social-care'), false)
  assert.equal(lost('here/contact-centre'), true)
})

test('the whole template becomes an estate of any organisation, and a file of it reads back', () => {
  const estate = estateFromTemplate(template, 'hackney')
  assert.ok([...estate.components, ...estate.services].every((node) => node.id.startsWith('hackney/') && node.assumed))
  assert.deepEqual(unresolved(estate), [])
  const read = parseEstate([{ name: 'e.yaml', text: writeEstate(estate) }])
  assert.ok('estates' in read)
  assert.deepEqual(read.estates, [estate])
})

test('chosen services bring what they need, step by step, and nothing else', () => {
  const estate = estateFromTemplate(template, 'camden', { services: SMALL_COUNCIL_SERVICES })
  assert.deepEqual(unresolved(estate), [])
  assert.deepEqual(
    new Set(estate.services.map((one) => one.id)),
    new Set(SMALL_COUNCIL_SERVICES.map((service) => `camden/${service}`)),
  )
  const needed = new Set(
    [...estate.components, ...estate.services].flatMap((node) => node.needs.flatMap((need) => need.anyOf)),
  )
  assert.deepEqual(
    estate.components.filter((one) => !needed.has(one.id)),
    [],
  )
  assert.ok(estate.components.length < template.components.length)
})

test('a service that the template has not is refused with the nearest', () => {
  assert.throws(
    () => estateFromTemplate(template, 'x', { services: ['pay-council-tx'] }),
    /did you mean "pay-council-tax"/,
  )
})

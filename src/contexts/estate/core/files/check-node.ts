import { parseDuration } from '#kernel'
import { COMPONENT_KINDS, type Component, type Service } from '../estate.ts'
import { type Fields, fields, optional, required } from './check-map.ts'
import { duration, flag, id, oneOf, text, wholeNumber } from './check-text.ts'
import type { DraftNode } from './draft.ts'
import type { Mistakes } from './mistake.ts'
import type { Value } from './value.ts'

export const COMPONENT_KEYS = ['id', 'name', 'kind', 'owner', 'assumed']
export const SERVICE_KEYS = ['id', 'name', 'lgsl', 'owner', 'statutory', 'rto', 'mtpd', 'assumed']

/** Stands for an id or a word that was not usable; drafts that hold it never leave, since a mistake was added. */
const UNUSABLE = ''

/** A component or a service with its own keys; `needs` is left to the caller, who knows in which form they come. */
export function checkNode(
  mistakes: Mistakes,
  value: Value,
  pointer: string | undefined,
  section: DraftNode['section'],
  organisation: string,
  more: readonly string[],
): { draft: DraftNode; fields: Fields } | undefined {
  const what = section === 'components' ? 'a component' : 'a service'
  const keys = [...(section === 'components' ? COMPONENT_KEYS : SERVICE_KEYS), ...more]
  const found = fields(mistakes, value, pointer, what, keys)
  if (!found) return undefined
  const word = required(found, 'id', what, id)
  const node = section === 'components' ? component(found) : service(mistakes, found)
  const place = found.found.get('id')?.value.place ?? value.place
  const qualified = word === undefined ? UNUSABLE : `${organisation}/${word}`
  return { draft: { section, place, node: { ...node, id: qualified }, needs: [] }, fields: found }
}

function component(found: Fields): Omit<Component, 'needs'> {
  return {
    id: UNUSABLE,
    name: required(found, 'name', 'a component', text) ?? UNUSABLE,
    kind: required(found, 'kind', 'a component', (spot, value) => oneOf(spot, value, COMPONENT_KINDS)) ?? 'network',
    ...optional(found, 'owner', text),
    ...assumed(found),
  }
}

function service(mistakes: Mistakes, found: Fields): Omit<Service, 'needs'> {
  const times = { ...optional(found, 'rto', duration), ...optional(found, 'mtpd', duration) }
  const { rto, mtpd } = times
  if (rto !== undefined && mtpd !== undefined && parseDuration(rto)! > parseDuration(mtpd)!) {
    const { place } = found.found.get('rto')!.value
    const { pointer } = found.spot('rto')
    const at = pointer === undefined ? {} : { pointer }
    mistakes.add(place, {
      ...at,
      message: `rto ${rto} is longer than mtpd ${mtpd}`,
      expected: 'an rto within the mtpd',
    })
  }
  const most = Number.MAX_SAFE_INTEGER
  return {
    id: UNUSABLE,
    name: required(found, 'name', 'a service', text) ?? UNUSABLE,
    ...optional(found, 'lgsl', (spot, value) => wholeNumber(spot, value, 1, most)),
    ...optional(found, 'owner', text),
    statutory: optional(found, 'statutory', flag).statutory ?? false,
    ...times,
    ...assumed(found),
  }
}

function assumed(found: Fields): { assumed?: true } {
  return optional(found, 'assumed', flag).assumed ? { assumed: true } : {}
}

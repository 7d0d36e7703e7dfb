import { fields, items, required } from './check-map.ts'
import { checkNeed } from './check-need.ts'
import { checkNode } from './check-node.ts'
import { id } from './check-text.ts'
import { type Draft, type DraftNode, UNNAMED } from './draft.ts'
import type { Mistakes } from './mistake.ts'
import type { Value } from './value.ts'

const KEYS = ['organisation', 'components', 'services']

/** A whole estate file in YAML; `organisation` is used where the file names none. */
export function checkYaml(mistakes: Mistakes, value: Value, organisation: string | undefined): Draft | undefined {
  if (value.kind === 'nothing') {
    mistakes.add(value.place, {
      message: 'the file is empty',
      expected: 'an estate: organisation, components, services',
    })
    return undefined
  }
  const found = fields(mistakes, value, '', 'an estate file', KEYS)
  if (!found) return undefined
  const named = found.found.has('organisation') || organisation === undefined
  const owner = named ? required(found, 'organisation', 'the estate file', id) : organisation
  const nodes = (['components', 'services'] as const).flatMap((section) =>
    items(found, section).flatMap((item, index) => checkItem(mistakes, item, section, index, owner ?? UNNAMED) ?? []),
  )
  return { organisation: owner ?? UNNAMED, nodes }
}

function checkItem(
  mistakes: Mistakes,
  value: Value,
  section: DraftNode['section'],
  index: number,
  organisation: string,
): DraftNode | undefined {
  const pointer = `/${section}/${index}`
  const node = checkNode(mistakes, value, pointer, section, organisation, ['needs'])
  if (!node) return undefined
  const { draft, fields } = node
  items(fields, 'needs').forEach((item, number) => {
    const need = checkNeed(mistakes, item, `${pointer}/needs/${number}`, organisation, draft.node.id)
    if (need) draft.needs.push(need)
  })
  return draft
}

import Type from 'typebox'
import { fields, Id, InstantText, oneOf, query } from '#command'
import { CONDITIONS, componentOf, estateOf, nearest } from '#contexts/estate'
import { instant, isRefusal } from '#kernel'
import { READERS } from '../commands/roles-allowed.ts'
import { ownComponents } from '../core/decide-conditions.ts'
import { boardAt, boardOf } from '../projections/board.ts'
import { impactOf } from '../projections/impact.ts'
import { whatIf } from '../projections/what-if.ts'
import { isNow, MomentInput, momentOf } from './moment.ts'

export const impact = query({
  name: 'impact',
  summary: 'What is normal, degraded or stopped, from when, and why',
  description:
    '`{ at, nodes: { "organisation/id": { level, degradedFrom, stoppedFrom, because } } }` of the organisation. A time ' +
    'that never comes is null; `because` runs from the node to the recorded cause.',
  input: MomentInput,
  roles: READERS,
  read(input, { models, organisation, now }) {
    const moment = momentOf(input, now)
    const board = isNow(input) ? boardOf(models, organisation, now) : boardAt(models, organisation, moment)
    return { at: instant(moment.at), nodes: impactOf(board, organisation, moment.at) }
  },
})

export const whatIfQuery = query({
  name: 'what-if',
  summary: 'What would follow if these conditions were recorded; changes nothing',
  method: 'POST',
  input: fields({
    changes: Type.Array(fields({ component: Id, condition: oneOf(CONDITIONS), since: Type.Optional(InstantText) }), {
      minItems: 1,
      maxItems: 5000,
    }),
  }),
  roles: READERS,
  read({ changes }, { models, organisation, now }) {
    const components = ownComponents(
      organisation,
      changes.map(({ component }, position) => ({ id: component, pointer: `/changes/${position}/component` })),
      (id) => componentOf(models, id) !== null,
      (id) => nearest(id, estateOf(models, organisation)?.components.map((component) => component.id) ?? []),
    )
    if (isRefusal(components)) return components
    const qualified = changes.map((change, position) => ({ ...change, component: components[position]! }))
    return whatIf(models, organisation, qualified, now)
  },
})

import { type Millis, parseDuration } from '#kernel'
import type { Estate, Need } from '../estate.ts'
import { graphBuilder } from './build-graph.ts'
import type { Graph } from './graph.ts'

/**
 * All estates of a world as one graph; needs may cross organisations. Targets that none of them defines are listed as
 * `unresolved`. Throws a RangeError on what the importer must have refused: an id twice, k outside 1..n, a bad duration.
 */
export function compile(estates: readonly Estate[]): Graph {
  const builder = graphBuilder()
  const owners: { node: number; needs: readonly Need[] }[] = []
  for (const { organisation, components, services } of estates) {
    builder.addOrganisation(organisation)
    for (const { id, needs } of components)
      owners.push({ node: builder.addNode(id, { organisation, isService: false }), needs })
    for (const { id, needs, rto, mtpd } of services) {
      const limits = {
        ...(rto !== undefined && { rto: millis(rto, id) }),
        ...(mtpd !== undefined && { mtpd: millis(mtpd, id) }),
      }
      owners.push({ node: builder.addNode(id, { organisation, isService: true, ...limits }), needs })
    }
  }
  for (const { node, needs } of owners)
    for (const { anyOf, atLeast, strength, buffer } of needs)
      builder.addNeed(node, anyOf.map(builder.refer), {
        atLeast,
        uses: strength === 'uses',
        ...(buffer !== undefined && { buffer: millis(buffer, anyOf.join(', ')) }),
      })
  return builder.build()
}

function millis(text: string, where: string): Millis {
  const duration = parseDuration(text)
  if (duration === null) throw new RangeError(`${where}: ${text} is not an ISO 8601 duration such as PT8H or P2D.`)
  return duration
}

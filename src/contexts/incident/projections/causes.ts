import { componentOf, explain, nodeName, organisationOf, ownerOf } from '#contexts/estate'
import type { Models } from '#journal'
import { type Millis, parseInstant } from '#kernel'
import type { Cause, Expectation } from '../core/cause.ts'
import type { Board } from './board.ts'
import { conditions, inForce } from './conditions.ts'
import { incidents } from './incidents.ts'

/** The recorded condition that a node's chain ends at; null where nothing recorded explains it. */
export function causeOf(
  models: Models,
  { graph, evaluation }: Board,
  hit: { owner: string; node: number; level: 'stopped' | 'degraded'; at: Millis },
): Cause | null {
  const last = explain(evaluation, hit.node, hit.level).at(-1)
  if (!last) return null
  const id = graph.ids[last.node]!
  const component = componentOf(models, id)
  const organisation = ownerOf(id)
  const record = inForce(models.of(conditions, organisation).records.get(id), hit.at)
  if (!component || !record || record.condition === 'operational') return null
  const incident = record.incident === null ? undefined : models.of(incidents, organisation).get(record.incident)
  const isolation = incident?.isolations.find(({ number }) => number === record.order)
  return {
    neighbour: organisation === hit.owner ? null : (organisationOf(models, organisation)?.name ?? organisation),
    component: id,
    entry: record.order,
    name: nodeName(models, id),
    kind: component.kind,
    condition: record.condition,
    precautionary: record.precautionary,
    since: record.since,
    expected: isolation?.expectedRestoration ? expectationAt(isolation.expectedRestoration, hit.at) : null,
  }
}

function expectationAt(expected: { optimistic: string; likely: string; pessimistic: string }, at: Millis): Expectation {
  const earliest = parseInstant(expected.optimistic)!
  const likely = parseInstant(expected.likely)!
  const latest = parseInstant(expected.pessimistic)!
  return { earliest, likely, latest, phase: latest <= at ? 'passed' : likely <= at ? 'late' : 'ahead' }
}

import type { Models } from '#journal'
import { compile, type Graph } from '../core/impact/index.ts'
import { estateOf, estateRevision, nowhere, organisationsOf, worldOf } from './estates.ts'

const graphs = new WeakMap<Models, Map<string, { revision: number; graph: Graph }>>()

/** Every estate of the organisation's world as one graph, compiled again only when one of them has changed. */
export function worldGraph(models: Models, slug: string): Graph {
  const world = worldOf(models, slug) ?? nowhere(slug)
  const revision = estateRevision(models, world)
  let kept = graphs.get(models)
  if (!kept) {
    kept = new Map()
    graphs.set(models, kept)
  }
  let one = kept.get(world)
  if (one?.revision !== revision) {
    one = { revision, graph: compile(organisationsOf(models, world).map((each) => estateOf(models, each.slug)!)) }
    kept.set(world, one)
  }
  return one.graph
}

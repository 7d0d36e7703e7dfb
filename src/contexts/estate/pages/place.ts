import type { Frame, PageRequest } from '#command'
import type { Refusal } from '#kernel'
import type { Component, Service } from '../core/estate.ts'
import { nearest } from '../core/files/index.ts'
import { refuse } from '../core/refusals.ts'
import { componentOf, estateOf, ownerOf, serviceOf } from '../projections/estates.ts'

export type Node = Component | Service

export function isService(node: Node): node is Service {
  return 'statutory' in node
}

/** The estate's first page, without a slash at its end. */
export function estateHome({ organisation }: Frame): string {
  return `/console/${organisation.slug}/estate`
}

export function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}

/** Where one's own component or service stands; a neighbour's is known by its picture. */
export function nodePath(frame: Frame, node: { readonly id: string }, service: boolean): string {
  if (ownerOf(node.id) !== frame.organisation.slug) return `/console/${frame.organisation.slug}/picture/${node.id}`
  return `${estateHome(frame)}/${service ? 'services' : 'components'}/${shortId(node.id)}`
}

export function picturePath(frame: Frame, id: string): string {
  return `/console/${frame.organisation.slug}/picture/${shortId(id)}`
}

/** The component or service that the address names. */
export function nodeAt({ models, organisation, params }: PageRequest, service: boolean): Node | Refusal {
  const id = `${organisation}/${params.node}`
  const found = service ? serviceOf(models, id) : componentOf(models, id)
  if (found) return found
  const { components = [], services = [] } = estateOf(models, organisation) ?? {}
  const near = nearest(params.node!, (service ? services : components).map((one) => shortId(one.id)).values())
  return refuse('unknown-node', `Look it up in the estate.${near ? ` Did you mean ${near}?` : ''}`)
}

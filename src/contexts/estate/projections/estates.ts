import type { Model, Models } from '#journal'
import type { Entry, Event } from '#kernel'
import type { Component, Estate, NodeId, Service } from '../core/estate.ts'
import { ESTATE_EVENTS, type EstateEvent, type Organisation, type World } from '../core/events.ts'
import { type EstateState, estateDecider, toEstate } from '../core/state.ts'

/** What does an organisation have? */
export const estates: Model<EstateState> = {
  name: 'estate.estates',
  types: ESTATE_EVENTS.map((declared) => declared.type),
  initial: estateDecider.initial,
  apply: (state, entry: Entry) => void estateDecider.evolve(state, entry as Event as EstateEvent),
}

export function organisationOf(models: Models, slug: string): Organisation | null {
  return models.position(slug) > 0 ? models.of(estates, slug).organisation : null
}

/** Organisations of one world, in the order of their names. */
export function organisationsOf(models: Models, world?: World): Organisation[] {
  return models
    .organisations()
    .map((slug) => models.of(estates, slug).organisation)
    .filter((one): one is Organisation => one !== null && (world === undefined || one.world === world))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

export function estateOf(models: Models, slug: string): Estate | null {
  return models.position(slug) > 0 ? toEstate(models.of(estates, slug)) : null
}

export function componentOf(models: Models, id: NodeId): Component | null {
  return models.of(estates, ownerOf(id)).components.get(id) ?? null
}

export function serviceOf(models: Models, id: NodeId): Service | null {
  return models.of(estates, ownerOf(id)).services.get(id) ?? null
}

export function nodeName(models: Models, id: NodeId): string {
  return componentOf(models, id)?.name ?? serviceOf(models, id)?.name ?? id
}

/** The organisation part of `westminster/pay-council-tax`. */
export function ownerOf(id: NodeId): string {
  return id.slice(0, id.indexOf('/'))
}

/** A number that is different whenever any estate of the world has changed. */
export function estateRevision(models: Models, world: World): number {
  let revision = 0
  for (const slug of models.organisations()) {
    const state = models.of(estates, slug)
    if (state.organisation?.world === world) revision += state.revision
  }
  return revision
}

/** The world that an organisation lives in; null where there is no such organisation. */
export function worldOf(models: Models, slug: string): World | null {
  return organisationOf(models, slug)?.world ?? null
}

/** The empty world of an organisation that has not been added: no organisation or exercise can be called so. */
export function nowhere(slug: string): World {
  return `/${slug}`
}

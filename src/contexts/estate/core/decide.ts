import { type Actor, type Decision, isSlug, type Refusal } from '#kernel'
import type { LanguageCode } from '#platform/words'
import type { Component, Estate, NodeId, Service } from './estate.ts'
import { type EstateEvent, LIVE } from './events.ts'
import type { Plan } from './plan.ts'
import { refuse } from './refusals.ts'
import type { EstateState } from './state.ts'

type EstateDecision = Decision<EstateEvent>

const MOST_ERRORS = 50

/** Names that would hide an address of Holdfast's own. */
const RESERVED = [
  'api',
  'console',
  'verify',
  'taxii2',
  'open311',
  'healthz',
  'readyz',
  'metrics',
  'problems',
  'assets',
  'log',
]

export interface AddOrganisation {
  readonly slug: string
  readonly name: string
  readonly gss?: string
  readonly kind?: string
}

/** `begun`: the journal of this name has entries already, as an exercise's has once its clock is set. */
export function addOrganisation(
  state: EstateState,
  input: AddOrganisation,
  organisation: string,
  actor: Actor,
  begun: boolean,
): EstateDecision {
  const { slug, name, gss, kind = 'council' } = input
  if (slug !== organisation)
    return refuse('slug-mismatch', `Send it to ${slug}, or change /slug to ${organisation}.`, [
      { pointer: '/slug', detail: `is not ${organisation}` },
    ])
  if (!isSlug(slug) || RESERVED.includes(slug))
    return refuse(
      'bad-slug',
      'Use 1 to 64 of a-z, 0-9 and inner hyphens, and no address of Holdfast such as api or console.',
      [{ pointer: '/slug', detail: 'cannot be used' }],
    )
  if (actor.kind === 'exercise' && actor.id === LIVE)
    return refuse(
      'exercise-called-live',
      'Its organisations would mix with the real ones. Give the exercise another id.',
    )
  const world = actor.kind === 'exercise' ? actor.id : LIVE
  const known = state.organisation
  if (known?.name === name && known.gss === gss && known.kind === kind && known.world === world) return []
  if (known || (begun && world === LIVE))
    return refuse(
      'organisation-exists',
      `${slug} is ${known?.name ?? 'part of an exercise'}. Choose another short name.`,
    )
  return [{ type: 'estate.organisation-added', v: 1, data: { slug, name, kind, ...(gss ? { gss } : {}), world } }]
}

export function setLanguages(state: EstateState, languages: readonly LanguageCode[]): EstateDecision {
  const spoken = [...new Set(languages)]
  if (state.organisation?.world === LIVE && spoken.includes('en-XA'))
    return refuse(
      'not-a-language',
      'en-XA is English with accents, to see which words can be translated. Use it in an exercise.',
      [{ pointer: '/languages', detail: 'en-XA is for exercises' }],
    )
  if (spoken.join() === state.organisation?.languages.join()) return []
  return [{ type: 'estate.languages-set', v: 1, data: { languages: spoken } }]
}

/** The events that turn the estate into `next`, as the plan says. */
export function revise(next: Estate, plan: Plan): EstateEvent[] {
  const components = new Map(next.components.map((component) => [component.id, component]))
  const services = new Map(next.services.map((service) => [service.id, service]))
  const defined = [...plan.added, ...plan.changed].map(({ id }) => define(components.get(id), services.get(id)))
  const retired = plan.retired.map(
    ({ id, what }): EstateEvent => ({
      type: what === 'component' ? 'estate.component-retired' : 'estate.service-retired',
      v: 1,
      data: { id },
    }),
  )
  return [...retired, ...defined]
}

function define(component: Component | undefined, service: Service | undefined): EstateEvent {
  if (component) return { type: 'estate.component-defined', v: 1, data: { component } }
  return { type: 'estate.service-defined', v: 1, data: { service: service! } }
}

export function confirmAssumptions(state: EstateState, nodes: readonly NodeId[], organisation: string): EstateDecision {
  const errors: { pointer: string; detail: string }[] = []
  const assumed: NodeId[] = []
  for (const [position, id] of nodes.entries()) {
    const qualified = id.includes('/') ? id : `${organisation}/${id}`
    const node = state.components.get(qualified) ?? state.services.get(qualified)
    if (!node) errors.push({ pointer: `/nodes/${position}`, detail: `${id} is not in this estate` })
    else if (node.assumed) assumed.push(qualified)
  }
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  if (errors.length > 0) return refuse('unknown-node', `${errors[0]!.detail}${more}.`, errors.slice(0, MOST_ERRORS))
  return assumed.length === 0
    ? []
    : [{ type: 'estate.assumptions-confirmed', v: 1, data: { nodes: [...new Set(assumed)].sort() } }]
}

export function notEmpty(state: EstateState): Refusal | null {
  return state.components.size + state.services.size > 0
    ? refuse(
        'estate-not-empty',
        'Import a file to revise it, or confirm what is assumed. A template is for starting with nothing.',
      )
    : null
}

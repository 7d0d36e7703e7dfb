import { type Decision, type InputError, isSlug, parseDuration, type Refusal } from '#kernel'
import type { Component, ComponentKind, Estate, Need, NodeId, Service, Strength } from './estate.ts'
import type { EstateEvent } from './events.ts'
import { nearest } from './files/index.ts'
import { isEmptyPlan, planRevision } from './plan.ts'
import { refuse } from './refusals.ts'
import type { EstateState } from './state.ts'

export interface NeedInput {
  /** Ids as people write them: `identity`, or `rbkc/shared-platform` for a neighbour's. */
  readonly anyOf: readonly string[]
  readonly atLeast?: number
  readonly strength?: Strength
  readonly buffer?: string
}

interface NodeInput {
  readonly id: string
  readonly name: string
  readonly owner?: string
  readonly needs?: readonly NeedInput[]
  /** Refused where the id is taken: nobody overwrites another's entry unawares. */
  readonly isNew?: boolean
}

export interface ComponentInput extends NodeInput {
  readonly kind: ComponentKind
}

export interface ServiceInput extends NodeInput {
  readonly lgsl?: number
  readonly statutory?: boolean
  readonly rto?: string
  readonly mtpd?: string
}

/** The nodes of every organisation of the same world. */
export type Known = ReadonlyMap<string, ReadonlySet<NodeId>>

interface Defined {
  readonly organisation: string
  readonly known: Known
}

type EstateDecision = Decision<EstateEvent>

export function defineComponent(state: EstateState, input: ComponentInput, given: Defined): EstateDecision {
  const errors = mistakes(input, given)
  const id = `${given.organisation}/${input.id}`
  const refused = taken(input, id, state.components, state.services, 'service') ?? wrong(errors)
  if (refused) return refused
  const { name, kind, owner } = input
  const component: Component = {
    id,
    name: name.trim(),
    kind,
    ...owned(owner),
    needs: needsOf(input, given.organisation),
  }
  if (isSame(state.components.get(id), component, 'components')) return []
  return [{ type: 'estate.component-defined', v: 1, data: { component } }]
}

export function defineService(state: EstateState, input: ServiceInput, given: Defined): EstateDecision {
  const { name, owner, lgsl, statutory = false, rto, mtpd } = input
  const errors = mistakes(input, given)
  if (rto !== undefined && mtpd !== undefined && parseDuration(rto)! > parseDuration(mtpd)!)
    errors.push({ pointer: '/rto', detail: `is longer than ${mtpd}, the most that people can be without it` })
  const id = `${given.organisation}/${input.id}`
  const refused = taken(input, id, state.services, state.components, 'component') ?? wrong(errors)
  if (refused) return refused
  const service: Service = {
    id,
    name: name.trim(),
    ...(lgsl === undefined ? {} : { lgsl }),
    ...owned(owner),
    statutory,
    ...(rto === undefined ? {} : { rto }),
    ...(mtpd === undefined ? {} : { mtpd }),
    needs: needsOf(input, given.organisation),
  }
  if (isSame(state.services.get(id), service, 'services')) return []
  return [{ type: 'estate.service-defined', v: 1, data: { service } }]
}

/** Takes a component or service out. What its own organisation still builds on it must be changed first. */
export function retire(state: EstateState, node: string, organisation: string): EstateDecision {
  const id = qualified(node, organisation)
  const isComponent = state.components.has(id)
  if (!isComponent && !state.services.has(id)) {
    const near = nearest(id, [...state.components.keys(), ...state.services.keys()].values())
    return refuse('unknown-node', `${node} is not in this estate.${near ? ` Did you mean ${near}?` : ''}`)
  }
  const dependents = [...state.components.values(), ...state.services.values()].filter(
    (one) => one.id !== id && one.needs.some(({ anyOf }) => anyOf.includes(id)),
  )
  if (dependents.length > 0) {
    const names = dependents.slice(0, 5).map(({ name }) => name)
    const more = dependents.length > 5 ? ` and ${dependents.length - 5} more` : ''
    return refuse('still-needed', `First change what these need: ${names.join(', ')}${more}.`)
  }
  return [{ type: isComponent ? 'estate.component-retired' : 'estate.service-retired', v: 1, data: { id } }]
}

function taken(
  { id: word, isNew }: NodeInput,
  id: NodeId,
  same: ReadonlyMap<NodeId, { readonly name: string }>,
  other: ReadonlyMap<NodeId, { readonly name: string }>,
  what: string,
): Refusal | null {
  const name = other.get(id)?.name ?? (isNew ? same.get(id)?.name : undefined)
  if (name === undefined) return null
  const which = other.has(id) ? `the ${what} ${name}` : name
  return refuse('node-exists', `${word} is ${which}. Choose another id, or change that one.`, [
    { pointer: '/id', detail: `is taken by ${which}` },
  ])
}

function wrong(errors: readonly InputError[]): Refusal | null {
  return errors.length > 0 ? refuse('definition-wrong', 'Correct what is marked, then send it again.', errors) : null
}

function mistakes({ id, needs = [] }: NodeInput, { organisation, known }: Defined): InputError[] {
  const errors: InputError[] = []
  if (!isSlug(id))
    errors.push({
      pointer: '/id',
      detail: 'cannot be used: use 1 to 64 of a-z, 0-9 and inner hyphens, such as pay-rent',
    })
  for (const [position, { anyOf, atLeast = 1 }] of needs.entries()) {
    const pointer = `/needs/${position}`
    const seen = new Set<NodeId>()
    for (const [place, word] of anyOf.entries()) {
      const target = qualified(word, organisation)
      const detail = targetMistake(word, target, `${organisation}/${id}`, organisation, known)
      if (detail !== null) errors.push({ pointer: `${pointer}/anyOf/${place}`, detail })
      else if (seen.has(target)) errors.push({ pointer: `${pointer}/anyOf/${place}`, detail: `${word} is named twice` })
      seen.add(target)
    }
    if (atLeast > anyOf.length)
      errors.push({ pointer: `${pointer}/atLeast`, detail: `is more than the ${anyOf.length} that are named` })
  }
  return errors
}

function targetMistake(word: string, target: NodeId, self: NodeId, organisation: string, known: Known): string | null {
  const parts = target.split('/')
  if (parts.length !== 2 || !parts.every(isSlug))
    return `${word} cannot be an id: write identity, or rbkc/shared-platform for a neighbour’s`
  if (target === self) return `${word} cannot need itself`
  const [owner] = parts as [string, string]
  const there = known.get(owner)
  if (there?.has(target)) return null
  // A neighbour that is not here yet, or has recorded nothing, counts as running: the same as in an import.
  if (owner !== organisation && !there?.size) return null
  const near = nearest(
    parts[1]!,
    (there ?? new Set<NodeId>()).values().map((id) => id.slice(owner.length + 1)),
  )
  return `${word} is not in the estate of ${owner}${near ? `: did you mean ${near}?` : ': add it first'}`
}

function qualified(word: string, organisation: string): NodeId {
  return word.includes('/') ? word : `${organisation}/${word}`
}

function needsOf({ needs = [] }: NodeInput, organisation: string): Need[] {
  return needs.map(({ anyOf, atLeast = 1, strength = 'requires', buffer }) => ({
    anyOf: anyOf.map((word) => qualified(word, organisation)),
    atLeast,
    strength,
    ...(buffer === undefined ? {} : { buffer }),
  }))
}

function owned(owner: string | undefined): { owner?: string } {
  return owner?.trim() ? { owner: owner.trim() } : {}
}

function isSame(old: Component | Service | undefined, now: Component | Service, section: 'components' | 'services') {
  const of = (node: Component | Service): Estate => ({
    organisation: '',
    components: [],
    services: [],
    [section]: [node],
  })
  return old !== undefined && isEmptyPlan(planRevision(of(old), of(now)))
}

import type { Component, Estate, Need, NodeId, Service } from '../estate.ts'
import { describeMistake, nearest, parseEstate } from '../files/index.ts'

/** About twenty services of the template, for a council of which only the outline is shown. */
export const SMALL_COUNCIL_SERVICES: readonly string[] = [
  'out-of-hours-social-care',
  'safeguarding-adults',
  'care-at-home',
  'child-protection',
  'children-in-care',
  'homelessness-support',
  'emergency-housing-repairs',
  'housing-repairs',
  'pay-council-tax',
  'housing-benefit-new-claim',
  'planning-applications',
  'land-charges-search',
  'household-waste',
  'flytipping',
  'road-maintenance',
  'parking-permits',
  'primary-school-places',
  'library-loans',
  'death-registration',
  'electoral-register',
  'emergency-plan',
]

/** The text of a template file (one estate file) as an estate. Throws where the text is no estate: it ships with Holdfast. */
export function readTemplate(text: string): Estate {
  const result = parseEstate([{ name: 'template', text }])
  if ('mistakes' in result) throw new Error(`The template cannot be read: ${describeMistake(result.mistakes[0]!)}`)
  return result.estates[0]!
}

/**
 * The template as the estate of `organisation`, every entry `assumed`. With `services` (short ids) only these and what
 * they need, step by step. Throws a RangeError that names the nearest for a service that the template has not.
 */
export function estateFromTemplate(
  template: Estate,
  organisation: string,
  options: { services?: readonly string[] } = {},
): Estate {
  const kept = options.services ? reach(template, options.services) : undefined
  const rename = (node: NodeId) =>
    organisationIs(node, template) ? organisation + node.slice(template.organisation.length) : node
  const take = <Node extends Component | Service>(nodes: readonly Node[]): Node[] =>
    nodes
      .filter((node) => kept?.has(node.id) ?? true)
      .map((node) => ({
        ...node,
        id: rename(node.id),
        assumed: true,
        needs: node.needs.map((need) => renamed(need, rename)),
      }))
  return { organisation, components: take(template.components), services: take(template.services) }
}

function renamed(need: Need, rename: (node: NodeId) => NodeId): Need {
  return { ...need, anyOf: need.anyOf.map(rename) }
}

function organisationIs(node: NodeId, template: Estate): boolean {
  return node.startsWith(`${template.organisation}/`)
}

function reach(template: Estate, services: readonly string[]): Set<NodeId> {
  const nodes = new Map([...template.components, ...template.services].map((node) => [node.id, node]))
  const kept = new Set(services.map((service) => serviceId(template, service)))
  // A set that grows while it is walked is walked to its end.
  for (const id of kept)
    for (const need of nodes.get(id)?.needs ?? []) for (const target of need.anyOf) kept.add(target)
  return kept
}

function serviceId(template: Estate, service: string): NodeId {
  const id = `${template.organisation}/${service}`
  if (template.services.some((one) => one.id === id)) return id
  const names = template.services.map((one) => one.id.slice(template.organisation.length + 1))
  const near = nearest(service, names)
  throw new RangeError(`The template has no service "${service}"${near ? `; did you mean "${near}"?` : ''}`)
}

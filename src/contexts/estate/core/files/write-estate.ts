import type { Component, Estate, Need, NodeId, Service } from '../estate.ts'

/** YAML that `parseEstate` reads back as the same estate. Ids are short, a neighbour's qualified. */
export function writeEstate(estate: Estate): string {
  const { organisation, components, services } = estate
  return `organisation: ${quoted(organisation)}\n${section('components', components, organisation)}${section('services', services, organisation)}`
}

function section(name: string, nodes: readonly (Component | Service)[], organisation: string): string {
  if (nodes.length === 0) return `${name}: []\n`
  return `${name}:\n${nodes.map((node) => writeNode(node, organisation)).join('')}`
}

function writeNode(node: Component | Service, organisation: string): string {
  const lines = [`id: ${quoted(shortId(node.id, organisation))}`, `name: ${quoted(node.name)}`]
  if ('kind' in node) lines.push(`kind: ${node.kind}`)
  else if (node.lgsl !== undefined) lines.push(`lgsl: ${node.lgsl}`)
  if (node.owner !== undefined) lines.push(`owner: ${quoted(node.owner)}`)
  if ('statutory' in node) {
    if (node.statutory) lines.push('statutory: true')
    if (node.rto !== undefined) lines.push(`rto: ${node.rto}`)
    if (node.mtpd !== undefined) lines.push(`mtpd: ${node.mtpd}`)
  }
  if (node.assumed) lines.push('assumed: true')
  if (node.needs.length > 0) lines.push('needs:', ...node.needs.map((need) => `  - ${writeNeed(need, organisation)}`))
  return `  - ${lines.join('\n    ')}\n`
}

function writeNeed(need: Need, organisation: string): string {
  const targets = need.anyOf.map((node) => quoted(shortId(node, organisation)))
  const single = targets.length === 1 && need.atLeast === 1
  const parts = single
    ? [`${need.strength}: ${targets[0]}`]
    : [
        `anyOf: [${targets.join(', ')}]`,
        `atLeast: ${need.atLeast}`,
        ...(need.strength === 'uses' ? ['strength: uses'] : []),
      ]
  if (need.buffer !== undefined) parts.push(`buffer: ${need.buffer}`)
  return `{ ${parts.join(', ')} }`
}

export function shortId(node: NodeId, organisation: string): string {
  return node.startsWith(`${organisation}/`) ? node.slice(organisation.length + 1) : node
}

const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[ /-][A-Za-z0-9]+)*$/
const READ_AS_SOMETHING_ELSE = /^(?:yes|no|on|off|true|false|null)$/i

/** A JSON string is a YAML double-quoted scalar. */
function quoted(text: string): string {
  return PLAIN.test(text) && !READ_AS_SOMETHING_ELSE.test(text) ? text : JSON.stringify(text)
}

import type { Component, ComponentKind, NodeId } from '#contexts/estate'
import { someOf } from './say.ts'

/** What is to be isolated, as a form says it: `*` everything, `kind:network` all of a kind, or a component's own id. */
export type Choice = readonly string[]

export const EVERYTHING = '*'

export const KIND_WORDS: Record<ComponentKind, { readonly one: string; readonly all: string }> = {
  network: { one: 'Networks', all: 'all networks' },
  site: { one: 'Sites', all: 'all sites' },
  identity: { one: 'Sign-in and identity', all: 'all sign-in' },
  platform: { one: 'Platforms', all: 'all platforms' },
  application: { one: 'Applications', all: 'all applications' },
  data: { one: 'Data', all: 'all data' },
  telephony: { one: 'Telephony', all: 'all telephony' },
  channel: { one: 'Channels', all: 'all channels' },
  supplier: { one: 'Suppliers', all: 'all suppliers' },
  team: { one: 'Teams', all: 'all teams' },
}

/** One text for one choice, whatever the order of ticking; empty for waiting. */
export function textOf(choice: Choice): string {
  return choice.includes(EVERYTHING) ? EVERYTHING : [...new Set(choice)].sort().join(',')
}

export function choiceOf(text: string): Choice {
  return text === '' ? [] : text.split(',')
}

export function localId(id: NodeId): string {
  return id.slice(id.indexOf('/') + 1)
}

/** The components that a choice takes; those that are not there (any more) are left out. */
export function chosen(choice: Choice, components: readonly Component[]): NodeId[] {
  if (choice.includes(EVERYTHING)) return components.map(({ id }) => id)
  const taken = new Set(choice)
  return components.filter(({ id, kind }) => taken.has(localId(id)) || taken.has(`kind:${kind}`)).map(({ id }) => id)
}

export function choiceWords(choice: Choice, components: readonly Component[]): string {
  if (choice.includes(EVERYTHING)) return 'Isolate everything'
  if (choice.length === 0) return 'Wait, and isolate nothing'
  const kinds = (Object.keys(KIND_WORDS) as ComponentKind[]).filter((kind) => choice.includes(`kind:${kind}`))
  const single = components.filter(({ id, kind }) => choice.includes(localId(id)) && !kinds.includes(kind))
  return `Isolate ${someOf([...kinds.map((kind) => KIND_WORDS[kind].all), ...single.map(({ name }) => name)], 3)}`
}

const MOST_ADDED = 5

/** The ways to compare: what is ticked, what was added last, everything, and waiting; each once. */
export function waysToCompare(ticked: Choice, added: readonly string[]): string[] {
  const chosen = [textOf(ticked), ...added.slice(-MOST_ADDED)].filter((text) => text !== '' && text !== EVERYTHING)
  return [...new Set(chosen), EVERYTHING, '']
}

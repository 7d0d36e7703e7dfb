import type { Frame } from '#command'
import type { ButtonOptions, CheckboxesOptions, InputOptions, SelectOptions } from '#platform/views'
import { COMPONENT_KINDS, type Estate } from '../core/estate.ts'
import { estateHome, isService, type Node, nodePath, shortId } from './place.ts'
import { counted, KIND_WORDS, sayDuration } from './say.ts'

export interface EstateItem {
  readonly href: string
  readonly name: string
  readonly what: string
  readonly facts: string
  readonly id: string
  readonly assumed: boolean
}

export interface EstateView {
  readonly frame: Frame
  readonly title: string
  readonly home: string
  readonly empty: boolean
  readonly mayKeep: boolean
  readonly sum: string
  readonly search: InputOptions
  readonly kind: SelectOptions
  readonly unconfirmed: CheckboxesOptions
  readonly button: ButtonOptions
  readonly found: string
  readonly items: readonly EstateItem[]
  readonly toConfirm: readonly string[]
  readonly confirmAll: string
  readonly problem: string | null
}

export interface Asked {
  readonly words: string
  readonly kind: string
  readonly unconfirmed: boolean
}

export interface EstateFacts {
  readonly frame: Frame
  readonly estate: Estate
  readonly asked: Asked
  readonly mayKeep: boolean
  readonly neededBy: (id: string) => number
  readonly problem?: string
}

const MOST = 100

export function estateView({ frame, estate, asked, mayKeep, neededBy, problem }: EstateFacts): EstateView {
  const nodes: readonly Node[] = [...estate.services, ...estate.components]
  const found = nodes.filter((node) => fits(node, asked)).sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  const shown = found.slice(0, MOST)
  const assumed = nodes.filter((node) => node.assumed).length
  const toConfirm = shown.filter((node) => node.assumed).map((node) => shortId(node.id))
  const left = found.length > shown.length ? `, of which the first ${MOST} are shown. Search to see the others` : ''
  return {
    frame,
    title: 'Estate',
    home: estateHome(frame),
    empty: nodes.length === 0,
    mayKeep,
    sum: `${counted(estate.services.length, 'service')} and ${counted(estate.components.length, 'component')}. ${
      assumed === 0 ? 'Nothing is left to confirm.' : `${counted(assumed, 'is', 'are')} still to be confirmed.`
    }`,
    search: { id: 'q', name: 'q', label: { text: 'Search by name, id or owner' }, value: asked.words },
    kind: {
      id: 'kind',
      name: 'kind',
      label: { text: 'Kind' },
      value: asked.kind,
      items: [
        { value: '', text: 'Everything' },
        { value: 'service', text: `Services (${estate.services.length})` },
        ...COMPONENT_KINDS.map((kind) => ({ kind, count: ofKind(estate, kind) }))
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => ({ value: kind, text: `${KIND_WORDS[kind]} (${count})` })),
      ],
    },
    unconfirmed: {
      idPrefix: 'unconfirmed',
      name: 'unconfirmed',
      classes: 'govuk-checkboxes--small',
      items: [{ value: 'yes', text: 'Only what is still to be confirmed', checked: asked.unconfirmed }],
    },
    button: { text: 'Search', classes: 'govuk-button--secondary' },
    found: `${counted(found.length, 'entry', 'entries')}${left}.`,
    items: shown.map((node) => ({
      href: nodePath(frame, node, isService(node)),
      name: node.name,
      what: isService(node) ? 'Service' : KIND_WORDS[node.kind],
      facts: factsOf(node, neededBy(node.id)),
      id: shortId(node.id),
      assumed: node.assumed === true,
    })),
    toConfirm,
    confirmAll: `Confirm all ${toConfirm.length} shown`,
    problem: problem ?? null,
  }
}

function ofKind({ components }: Estate, kind: string): number {
  return components.filter((one) => one.kind === kind).length
}

function fits(node: Node, { words, kind, unconfirmed }: Asked): boolean {
  if (unconfirmed && !node.assumed) return false
  if (kind !== '' && kind !== (isService(node) ? 'service' : node.kind)) return false
  const text = `${node.name} ${shortId(node.id)} ${node.owner ?? ''}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function factsOf(node: Node, neededBy: number): string {
  const facts = [
    node.owner,
    isService(node) && node.rto ? `back within ${sayDuration(node.rto)}` : undefined,
    isService(node) && node.mtpd ? `at most ${sayDuration(node.mtpd)} without it` : undefined,
    `needs ${node.needs.length}`,
    `needed by ${neededBy}`,
  ]
  return facts.filter((fact) => fact !== undefined).join(' · ')
}

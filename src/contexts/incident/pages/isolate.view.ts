import type { Frame } from '#command'
import type { Component, ComponentKind } from '#contexts/estate'
import type { Millis } from '#kernel'
import type { BackLinkOptions, ButtonOptions, CheckboxesOptions, InputOptions } from '#platform/views'
import type { IncidentRecord } from '../projections/incidents.ts'
import { type Choice, EVERYTHING, KIND_WORDS, localId } from './choice.ts'
import type { Asked, Desk, Estimates } from './isolate-facts.ts'
import { type PreviewView, previewView } from './isolate-preview.view.ts'
import { incidentPath, titleOf } from './place.ts'
import { counted } from './say.ts'

export interface IsolateFacts {
  readonly frame: Frame
  readonly now: Millis
  readonly incident: IncidentRecord
  readonly asked: Asked
  readonly desk: Desk
}

export interface IsolateView extends PreviewView {
  readonly frame: Frame
  readonly title: string
  readonly caption: string
  readonly back: BackLinkOptions
  readonly here: string
  readonly preview: string
  readonly decide: string
  readonly search: InputOptions
  readonly found: string | null
  readonly everything: CheckboxesOptions
  readonly groups: readonly { readonly legend: string; readonly open: boolean; readonly boxes: CheckboxesOptions }[]
  readonly estimates: readonly InputOptions[]
  readonly kept: readonly { readonly name: string; readonly value: string }[]
  /** Ways that were added to the comparison, each to be taken out again. */
  readonly added: readonly { readonly value: string; readonly title: string }[]
  readonly buttons: readonly ButtonOptions[]
  readonly empty: boolean
}

export function isolateView({ frame, now, incident, asked, desk }: IsolateFacts): IsolateView {
  const here = `${incidentPath(frame, incident.id)}/isolate`
  const { ticked, added, search } = asked
  const shown = desk.components.filter((one) => matches(one, search))
  const shownTokens = new Set([
    ...shown.map(({ id }) => localId(id)),
    ...shown.map(({ kind }) => `kind:${kind}`),
    EVERYTHING,
  ])
  const names = new Map(desk.components.map(({ id, name }) => [id, name]))
  return {
    ...previewView({
      now,
      current: desk.current,
      ways: desk.ways,
      likely: asked.days.likely,
      nameOf: (id) => names.get(id) ?? id,
    }),
    frame,
    title: 'Isolation desk',
    caption: titleOf(incident),
    back: { href: incidentPath(frame, incident.id), text: 'Back to the incident' },
    here,
    preview: `${here}/preview`,
    decide: `${here}/decide`,
    search: {
      id: 'q',
      name: 'q',
      type: 'search',
      value: search,
      label: { text: 'Find a component', classes: 'govuk-label--s' },
      classes: 'govuk-input--width-20',
    },
    found: search === '' ? null : `${counted(shown.length, 'component')} found. What you ticked before stays ticked.`,
    everything: boxes('everything', ticked, [
      { value: EVERYTHING, text: `Everything (${desk.components.length} components)` },
    ]),
    groups: (Object.keys(KIND_WORDS) as ComponentKind[]).flatMap((kind) => {
      const own = shown.filter((one) => one.kind === kind)
      return own.length === 0 ? [] : [group(kind, own, desk, asked)]
    }),
    estimates: estimateInputs(asked.days),
    kept: [
      ...ticked.filter((token) => !shownTokens.has(token)).map((value) => ({ name: 'take', value })),
      ...added.map((value) => ({ name: 'option', value })),
    ],
    added: added.flatMap((value) => {
      const way = desk.ways.find(({ text }) => text === value)
      return way ? [{ value, title: way.title }] : []
    }),
    buttons: [
      { text: 'Show what this stops', name: 'do', value: 'show', classes: 'govuk-button--secondary' },
      { text: 'Add to the comparison', name: 'do', value: 'add', classes: 'govuk-button--secondary' },
      { text: 'Go on to decide', attributes: { formaction: `${here}/decide` } },
    ],
    empty: desk.components.length === 0,
  }
}

function matches({ id, name }: Component, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/)
  return words.every((word) => name.toLowerCase().includes(word) || id.includes(word))
}

function group(kind: Component['kind'], own: readonly Component[], { isolated }: Desk, { ticked, search }: Asked) {
  const tokens = [`kind:${kind}`, ...own.map(({ id }) => localId(id))]
  const items = own.map(({ id, name, assumed }) => ({
    value: localId(id),
    text: name,
    ...(isolated.has(id)
      ? { disabled: true, hint: { text: 'Isolated already' } }
      : assumed
        ? { hint: { text: 'Assumed, not confirmed' } }
        : {}),
  }))
  const all = { value: `kind:${kind}`, text: search === '' ? 'All of these' : 'All of these, and any not shown here' }
  return {
    legend: `${KIND_WORDS[kind].one} (${own.length})`,
    open: search !== '' || tokens.some((token) => ticked.includes(token)),
    boxes: boxes(`kind-${kind}`, ticked, [all, ...items], KIND_WORDS[kind].one),
  }
}

function boxes(
  idPrefix: string,
  ticked: Choice,
  items: NonNullable<CheckboxesOptions['items']>,
  legend?: string,
): CheckboxesOptions {
  return {
    name: 'take',
    idPrefix,
    classes: 'govuk-checkboxes--small',
    values: ticked.filter((token) => items.some(({ value }) => value === token)),
    items,
    ...(legend ? { fieldset: { legend: { text: legend, classes: 'govuk-visually-hidden' } } } : {}),
  }
}

const ESTIMATE_WORDS = { best: 'At best', likely: 'Most likely', worst: 'At worst' } as const

export function estimateInputs(days: Estimates, wrong?: { readonly text: string }): InputOptions[] {
  return (['best', 'likely', 'worst'] as const).map((name) => ({
    id: name,
    name,
    value: days[name],
    inputmode: 'decimal',
    classes: 'govuk-input--width-4',
    label: { text: ESTIMATE_WORDS[name] },
    suffix: { text: 'days' },
    ...(wrong && name === 'best' ? { errorMessage: wrong } : {}),
  }))
}

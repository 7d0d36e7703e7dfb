import type { Fields, PageRequest } from '#command'
import { type Component, estateOf, type NodeId, serviceOf } from '#contexts/estate'
import { formatDuration, type Millis } from '#kernel'
import { conditions, inForce } from '../projections/conditions.ts'
import { type WhatIf, whatIf } from '../projections/what-if.ts'
import { type Choice, choiceOf, choiceWords, chosen, textOf, waysToCompare } from './choice.ts'
import { type Way, wayOf } from './comparison.ts'

export const ESTIMATES = ['best', 'likely', 'worst'] as const
export type Estimates = Readonly<Record<(typeof ESTIMATES)[number], string>>

/** What the isolation desk is asked, by the address or by a form. */
export interface Asked {
  readonly ticked: Choice
  readonly added: readonly string[]
  readonly search: string
  /** Days, as typed. */
  readonly days: Estimates
}

export function asked(fields: Fields): Asked {
  const ticked = fields.getAll('take')
  const dropped = fields.getAll('drop')
  const added = fields.getAll('option').filter((one) => !dropped.includes(one))
  const text = textOf(ticked)
  return {
    ticked,
    added: fields.get('do') === 'add' && text !== '' && !added.includes(text) ? [...added, text] : added,
    search: fields.get('q')?.trim() ?? '',
    days: { best: day(fields, 'best'), likely: day(fields, 'likely'), worst: day(fields, 'worst') },
  }
}

function day(fields: Fields, name: string): string {
  return fields.get(name)?.trim() ?? ''
}

const DAY = 86_400_000

/** Null where it is no number of days that anybody could mean. */
export function millisOf(days: string): Millis | null {
  const count = Number(days.replace(',', '.'))
  return days !== '' && count > 0 && count <= 3650 ? Math.round(count * DAY) : null
}

export function durationOf(days: string): string {
  const millis = millisOf(days)
  return millis === null ? days : formatDuration(millis)
}

/** A way to act, and the whole answer behind its figures. */
export interface Foreseen {
  readonly way: Way
  readonly answer: WhatIf
}

export interface Desk {
  readonly components: readonly Component[]
  readonly isolated: ReadonlySet<NodeId>
  /** What would follow from what is ticked; null where nothing is. */
  readonly current: Foreseen | null
  readonly ways: readonly Way[]
}

/** Each way to act is asked of the board once. */
export function deskOf({ models, organisation, now }: PageRequest, { ticked, added }: Asked): Desk {
  const all = estateOf(models, organisation)?.components ?? []
  const { records } = models.of(conditions, organisation)
  const isolated = new Set(
    all.map(({ id }) => id).filter((id) => inForce(records.get(id), now)?.condition === 'isolated'),
  )
  const components = all.filter(({ id }) => !isolated.has(id))
  const ask = (choice: Choice): WhatIf =>
    whatIf(
      models,
      organisation,
      chosen(choice, components).map((component) => ({ component, condition: 'isolated' })),
      now,
    )
  // What an old address names may have been retired since.
  const there = (text: string) => chosen(choiceOf(text), components).length > 0
  const known = ticked.filter(there)
  const isStatutory = (id: NodeId) => serviceOf(models, id)?.statutory ?? false
  const foreseen = waysToCompare(known, added.filter(there)).map((text): Foreseen => {
    const choice = choiceOf(text)
    const answer = ask(choice)
    const named = { text, title: choiceWords(choice, components), components: chosen(choice, components).length }
    return { answer, way: wayOf(named, answer, now, isStatutory) }
  })
  const current = known.length > 0 ? foreseen.find(({ way }) => way.text === textOf(known))! : null
  return { components: all, isolated, current, ways: foreseen.map(({ way }) => way) }
}

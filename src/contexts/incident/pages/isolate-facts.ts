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
  const added = fields.getAll('option')
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

export interface Desk {
  readonly components: readonly Component[]
  readonly isolated: ReadonlySet<NodeId>
  /** What would follow from what is ticked; null where nothing is. */
  readonly answer: WhatIf | null
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
  let answer: WhatIf | null = null
  const ways = waysToCompare(ticked, added).map((text) => {
    const choice = choiceOf(text)
    const found = ask(choice)
    if (ticked.length > 0 && text === textOf(ticked)) answer = found
    const count = chosen(choice, components).length
    const title = choiceWords(choice, components)
    return wayOf({ text, title, components: count }, found, now, (id) => serviceOf(models, id)?.statutory ?? false)
  })
  return { components: all, isolated, answer, ways }
}

import type { NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import { html, type SafeHtml, type TableOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { WhatIf } from '../projections/what-if.ts'
import { type AxisRow, breachAxis } from './breach-axis.ts'
import { serviceHours, type Way } from './comparison.ts'
import { type Foreseen, millisOf } from './isolate-facts.ts'
import { counted, sayDistance, sayShort, someOf } from './say.ts'

export interface PreviewFacts {
  readonly now: Millis
  readonly current: Foreseen | null
  readonly ways: readonly Way[]
  /** Days until it is back, as typed. */
  readonly likely: string
  readonly nameOf: (id: NodeId) => string
}

export interface PreviewView {
  readonly lead: string
  readonly axis: SafeHtml | null
  readonly axisNote: string
  readonly stopped: TableOptions | null
  /** A line for each moment, the soonest first. */
  readonly limited: readonly string[]
  readonly others: readonly string[]
  readonly keep: string | null
  readonly falseAlarm: string | null
  readonly comparison: TableOptions
}

const IN_PICTURE = 10

export function previewView(facts: PreviewFacts): PreviewView {
  const { now, current, ways } = facts
  const comparison = comparisonTable(ways)
  if (!current) {
    const lead = 'Choose components to see what isolating them would stop, and when it starts to hurt.'
    const none = { axis: null, axisNote: '', stopped: null, limited: [], others: [], keep: null, falseAlarm: null }
    return { lead, ...none, comparison }
  }
  const { answer, way } = current
  const rows = axisRows(answer)
  const more = rows.length - IN_PICTURE
  return {
    lead: lead(way),
    axis: rows.length > 0 ? breachAxis(rows.slice(0, IN_PICTURE), now) : null,
    axisNote: more > 0 ? `The ${IN_PICTURE} that hurt soonest are drawn; the table has all.` : '',
    stopped: answer.stopped.length > 0 ? stoppedTable(answer, now) : null,
    limited: limitedLines(answer, now),
    others: answer.organisations.map(
      ({ name, stopped, degraded }) =>
        `${name}: ${counted(stopped.length, 'service')} stopped, ${degraded.length} limited`,
    ),
    keep: keep(answer, way.statutory > 0, facts.nameOf),
    falseAlarm: falseAlarm(answer, facts),
    comparison,
  }
}

function lead({ title, stoppedNow, stoppedInADay, stopped, statutory, limited }: Way): string {
  if (stopped + limited === 0) return `${title}: no service stops or is limited by this.`
  if (stopped === 0) return `${title}: no service stops; ${counted(limited, 'service')} will be limited.`
  const later = stopped > stoppedInADay ? `, and ${stopped - stoppedInADay} later` : ''
  return (
    `${title}: ${counted(stoppedNow, 'service')} ${stoppedNow === 1 ? 'stops' : 'stop'} at once, ${stoppedInADay} within 24 hours${later}. ` +
    `${statutory} of those are statutory. ${limited} more will be limited.`
  )
}

function limitedLines({ degraded }: WhatIf, now: Millis): string[] {
  const byMoment = new Map<Millis, string[]>()
  for (const { name, at } of degraded) {
    const moment = Math.max(Date.parse(at), now)
    byMoment.set(moment, [...(byMoment.get(moment) ?? []), name])
  }
  return [...byMoment]
    .sort(([a], [b]) => a - b)
    .map(([at, names]) => `${at === now ? 'At once' : `From ${sayShort(at)}`}: ${someOf(names, 8)}`)
}

function axisRows({ stopped }: WhatIf): AxisRow[] {
  const time = (at: string | null) => (at === null ? null : Date.parse(at))
  const first = ({ rto, mtpd }: AxisRow) => mtpd ?? rto ?? 0
  return stopped
    .map(({ name, at, rtoBreachAt, mtpdBreachAt }) => ({
      name,
      stops: Date.parse(at),
      rto: time(rtoBreachAt),
      mtpd: time(mtpdBreachAt),
    }))
    .filter(({ rto, mtpd }) => rto !== null || mtpd !== null)
    .sort((a, b) => first(a) - first(b))
}

function stoppedTable({ stopped }: WhatIf, now: Millis): TableOptions {
  const limit = (at: string | null) => ({ text: at === null ? '–' : sayShort(Date.parse(at)) })
  const last = (at: string | null) => at ?? '9'
  return {
    caption: 'Services that would stop, the soonest to pass their MTPD first',
    captionClasses: 'govuk-table__caption--s',
    classes: 'govuk-table--small-text-until-tablet',
    firstCellIsHeader: true,
    head: ['Service', 'Stops', 'Passes its RTO', 'Passes its MTPD'].map((text) => ({ text })),
    rows: [...stopped]
      .sort((a, b) => (last(a.mtpdBreachAt) < last(b.mtpdBreachAt) ? -1 : 1))
      .map(({ name, at, rtoBreachAt, mtpdBreachAt }) => [
        { text: name },
        {
          text: Date.parse(at) <= now ? 'At once' : `${sayShort(Date.parse(at))} (${sayDistance(Date.parse(at), now)})`,
        },
        limit(rtoBreachAt),
        limit(mtpdBreachAt),
      ]),
  }
}

function keep({ keepAlive }: WhatIf, statutory: boolean, nameOf: PreviewFacts['nameOf']): string | null {
  if (!keepAlive) return null
  const which = `the ${counted(keepAlive.services.length, statutory ? 'statutory service' : 'service')}`
  if (!keepAlive.components)
    return `Nothing that you leave out would keep ${which} running: what they need is down already.`
  if (keepAlive.spare.length === 0) return null
  const names = someOf(keepAlive.spare.map(nameOf), 6)
  const sure = keepAlive.exact ? '' : ' (the smallest set found; a smaller one may exist)'
  return `To keep ${which} running, leave out ${counted(keepAlive.spare.length, 'component')}: ${names}${sure}.`
}

/** Public figure: Tewkesbury Borough Council, September 2024. */
const TEWKESBURY =
  'For scale: in September 2024 Tewkesbury Borough Council shut everything down on what proved a false alarm: 26 days and £289,625.'

function falseAlarm(answer: WhatIf, { now, likely }: PreviewFacts): string | null {
  if (answer.stopped.length === 0) return null
  const expected = millisOf(likely)
  const until = now + (expected ?? 86_400_000)
  const hours = serviceHours(answer, until).toLocaleString('en-GB')
  const span = expected === null ? 'in the first 24 hours' : `until ${sayTime(until)}, when you expect it back`
  return `If there is no attacker after all, this costs ${hours} service-hours ${span}. ${TEWKESBURY}`
}

export function comparisonTable(ways: readonly Way[]): TableOptions {
  const row = (title: string, said: (way: Way) => string | SafeHtml) => [
    { text: title },
    ...ways.map((way) => {
      const words = said(way)
      return typeof words === 'string' ? { text: words } : { html: words }
    }),
  ]
  return {
    caption: 'The ways to act, side by side',
    captionClasses: 'govuk-table__caption--m',
    classes: 'govuk-table--small-text-until-tablet hf-compared',
    firstCellIsHeader: true,
    head: [{ text: 'What follows' }, ...ways.map(({ title }) => ({ text: title }))],
    rows: [
      row('Components disconnected', ({ components }) => String(components)),
      row('Services stopped at once', ({ stoppedNow }) => String(stoppedNow)),
      row('Stopped within 24 hours', ({ stoppedInADay }) => String(stoppedInADay)),
      row('Stopped in the end', ({ stopped }) => String(stopped)),
      row('Of these, statutory', ({ statutory }) => String(statutory)),
      row('Limited in the end', ({ limited }) => String(limited)),
      row('First to pass its MTPD', ({ firstMtpd }) =>
        firstMtpd ? html`${firstMtpd.name}<br>${sayShort(firstMtpd.at)}` : 'None',
      ),
      row('Others hit', ({ others }) => (others.length > 0 ? someOf(others, 3) : 'Nobody')),
    ],
  }
}

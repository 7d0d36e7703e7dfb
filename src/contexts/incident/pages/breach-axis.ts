import type { Millis } from '#kernel'
import { html, type SafeHtml, trusted } from '#platform/views'

export interface AxisRow {
  readonly name: string
  readonly stops: Millis
  readonly rto: Millis | null
  readonly mtpd: Millis | null
}

const HOUR = 3_600_000
const MARKS = [
  { after: HOUR, text: '1 hour' },
  { after: 4 * HOUR, text: '4 hours' },
  { after: 24 * HOUR, text: '1 day' },
  { after: 72 * HOUR, text: '3 days' },
  { after: 168 * HOUR, text: '1 week' },
  { after: 336 * HOUR, text: '2 weeks' },
  { after: 672 * HOUR, text: '4 weeks' },
  { after: 2016 * HOUR, text: '12 weeks' },
]

/** Where a time stands from now (0) to the last (100): the first hours are stretched, for they are what is decided about. */
export function position(at: Millis, now: Millis, last: Millis): number {
  if (at <= now || last <= now) return 0
  return 100 * Math.min(1, Math.log1p((at - now) / HOUR) / Math.log1p((last - now) / HOUR))
}

/** Marks that leave each other room; never within a tenth of either end. */
export function marks(now: Millis, last: Millis): { readonly at: number; readonly text: string }[] {
  const placed: { at: number; text: string }[] = []
  for (const { after, text } of MARKS) {
    const at = position(now + after, now, last)
    if (now + after < last && at > 22 && at < 90 && at - (placed.at(-1)?.at ?? -100) >= 17) placed.push({ at, text })
  }
  return placed
}

const ROW = 44
const TOP = 26

/** When each service stops, passes its RTO and its MTPD, as a picture; a table beside it must say the same. */
export function breachAxis(rows: readonly AxisRow[], now: Millis): SafeHtml {
  const last = Math.max(...rows.flatMap(({ stops, rto, mtpd }) => [stops, rto ?? stops, mtpd ?? stops]))
  // A margin at both ends, so that what stands there is whole.
  const x = (at: Millis) => `${(2 + 0.96 * position(at, now, last)).toFixed(2)}%`
  const height = TOP + rows.length * ROW
  const scale = marks(now, last).map(({ at, text }) => {
    const here = `${(2 + 0.96 * at).toFixed(2)}%`
    return html`<line x1="${here}" x2="${here}" y1="20" y2="${height}" stroke="#b9c0c4" stroke-width="1"/><text x="${here}" y="14" text-anchor="middle">${text}</text>`
  })
  const drawn = rows.map(({ name, stops, rto, mtpd }, i) => {
    const y = TOP + i * ROW + 30
    const end = Math.max(stops, rto ?? stops, mtpd ?? stops)
    return html`<text x="0" y="${y - 12}">${name}</text><line x1="${x(stops)}" x2="${x(end)}" y1="${y}" y2="${y}" stroke="#50565a" stroke-width="3"/><svg x="${x(stops)}" y="${y}" overflow="visible"><line x1="0" x2="0" y1="-6" y2="6" stroke="currentColor" stroke-width="3"/></svg>${rto === null ? '' : html`<svg x="${x(rto)}" y="${y}" overflow="visible"><circle r="5" fill="#ffffff" stroke="#b25c00" stroke-width="3"/></svg>`}${mtpd === null ? '' : html`<svg x="${x(mtpd)}" y="${y}" overflow="visible"><rect x="-6" y="-6" width="12" height="12" fill="#a4262c"/></svg>`}`
  })
  const inside = trusted([...scale, ...drawn].map(String).join(''))
  return html`<svg class="hf-axis" width="100%" height="${height}" role="img" aria-label="When services pass their limits; the table below says the same"><text x="0" y="14">Now</text>${inside}</svg>`
}

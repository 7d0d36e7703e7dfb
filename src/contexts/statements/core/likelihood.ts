/** The words of the PHIA probability yardstick, with the highest chance in per cent that each still covers. */
const YARDSTICK = [
  [5, 'remote chance'],
  [20, 'highly unlikely'],
  [35, 'unlikely'],
  [50, 'realistic possibility'],
  [75, 'likely'],
  [90, 'highly likely'],
  [100, 'almost certain'],
] as const

export type Likelihood = (typeof YARDSTICK)[number][1]

/**
 * A chance to the nearest 5 %: an estimate by three points bears no finer figure, and the yardstick's bands (0-5, 10-20,
 * 25-35 ...) cover every multiple of 5 and leave gaps only between them. Half-way goes down: promise the less.
 */
export function inFives(chance: number): number {
  return Math.ceil(chance * 20 - 0.5) * 5
}

export function likelihood(percent: number): Likelihood {
  return YARDSTICK.find(([most]) => percent <= most)?.[1] ?? 'almost certain'
}

/** One line of the table. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** As the project promises it, such as `< 100 ms` or `>= 0.95`. */
  readonly target?: string
  readonly note?: string
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Null where there is no target to meet. */
export function meets({ value, target }: Figure): boolean | null {
  const parts = target && /^(<=|>=|<|>) ([\d.]+)/.exec(target)
  if (!parts) return null
  const bound = Number(parts[2])
  return parts[1]!.startsWith('<') ? value <= bound : value >= bound
}

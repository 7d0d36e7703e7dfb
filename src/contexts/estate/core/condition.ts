/** What somebody has recorded of a component itself. */
export const CONDITIONS = ['operational', 'degraded', 'unavailable', 'isolated', 'unknown'] as const
export type Condition = (typeof CONDITIONS)[number]

/** What follows for every component and service. */
export const LEVELS = ['normal', 'degraded', 'stopped'] as const
export type Level = (typeof LEVELS)[number]

export function levelOf(condition: Condition): Level {
  if (condition === 'operational') return 'normal'
  return condition === 'degraded' || condition === 'unknown' ? 'degraded' : 'stopped'
}

import type { Level } from '#contexts/estate'
import type { Words } from '../core/catalogue/index.ts'
import type { StatusChange } from '../core/facts.ts'
import type { Part } from './said.ts'

const LEVELS: readonly Level[] = ['stopped', 'degraded', 'normal']

/** "Housing benefit has stopped"; "12 services have stopped and 3 services are limited". */
export function changeTitle({ services }: StatusChange, { say, list }: Words): string {
  const [only, ...others] = services
  if (only && others.length === 0) return say(`change.${only.to}.one`, { name: only.name })
  const counts = LEVELS.map((level) => ({ level, count: services.filter(({ to }) => to === level).length }))
  return list(counts.filter(({ count }) => count > 0).map(({ level, count }) => say(`change.${level}`, { count })))
}

export function changeParts({ services }: StatusChange, { say }: Words): Part[] {
  return LEVELS.flatMap((level) => {
    const names = services.filter(({ to }) => to === level).map(({ name }) => name)
    return names.length === 0 ? [] : [{ heading: say(`change.heading.${level}`), text: names.join('\n') }]
  })
}

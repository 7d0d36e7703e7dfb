import type { Models } from '#journal'
import type { Estate } from '../core/estate.ts'
import { estateOf, estates, organisationsOf, ownerOf, worldOf } from './estates.ts'

/** What neighbours need of the estate in force and `next` no longer has: one line for each of their needs. */
export function neighboursLeftWithout(models: Models, next: Estate): string[] {
  const current = models.of(estates, next.organisation)
  const kept = new Set([...next.components, ...next.services].map((node) => node.id))
  const retires = (id: string) =>
    ownerOf(id) === next.organisation && !kept.has(id) && (current.components.has(id) || current.services.has(id))
  const lines = new Set<string>()
  for (const { slug } of organisationsOf(models, worldOf(models, next.organisation) ?? '')) {
    if (slug === next.organisation) continue
    const { components, services } = estateOf(models, slug)!
    for (const { id, needs } of [...components, ...services])
      for (const target of needs.flatMap((need) => need.anyOf).filter(retires))
        lines.add(`${id} needs ${target}, which would be retired: from then on ${id} counts it as running`)
  }
  return [...lines].sort()
}

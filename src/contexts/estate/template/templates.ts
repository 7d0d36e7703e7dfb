import { readFileSync } from 'node:fs'
import type { Refusal } from '#kernel'
import type { Estate } from '../core/estate.ts'
import { refuse } from '../core/refusals.ts'
import { estateFromTemplate, readTemplate, SMALL_COUNCIL_SERVICES } from '../core/template.ts'

export const TEMPLATES = ['typical-council', 'small-council'] as const
export type Template = (typeof TEMPLATES)[number]

let typical: Estate | null = null

/** A typical council's estate, or the named services of it with all that they need. Everything in it is an assumption. */
export function templateEstate(
  template: Template,
  organisation: string,
  services: readonly string[] | undefined = template === 'small-council' ? SMALL_COUNCIL_SERVICES : undefined,
): Estate | Refusal {
  typical ??= readTemplate(readFileSync(new URL('typical-council.yaml', import.meta.url), 'utf8'))
  try {
    return estateFromTemplate(typical, organisation, services ? { services } : {})
  } catch (error) {
    if (error instanceof RangeError) return refuse('unknown-service', error.message)
    throw error
  }
}

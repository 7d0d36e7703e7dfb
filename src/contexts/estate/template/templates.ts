import { readFileSync } from 'node:fs'
import type { Refusal } from '#kernel'
import type { Estate } from '../core/estate.ts'
import { writeEstate } from '../core/files/index.ts'
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

/** The template as an estate file to correct and import. */
export function estateTemplateText(organisation: string, template: Template): string {
  const estate = templateEstate(template, organisation)
  if ('refused' in estate) throw new Error(estate.detail)
  return [
    '# A typical council: which services it runs and what they need. All of it is an assumption (assumed: true).',
    '# Take out what you do not have, correct what is different, delete "assumed: true" where you know, then import:',
    `#   npx holdfast estate import THIS-FILE --organisation ${organisation} --dry-run`,
    writeEstate(estate),
  ].join('\n')
}

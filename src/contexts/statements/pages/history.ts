import type { PageRequest } from '#command'
import type { Deed } from '../projections/drafts.ts'
import { AUDIENCE_WORDS, home, sayAt } from './place.ts'

export type Deeds = readonly {
  readonly when: string
  readonly what: string
  readonly why: string | null
  readonly href: string
}[]

const VERBS: Partial<Record<Deed['type'], string>> = {
  'statements.drafted': 'drafted',
  'statements.reworded': 'reworded',
  'statements.correction-drafted': 'correction drafted',
  'statements.published': 'published',
  'statements.withdrawn': 'withdrawn',
}

/** Who did what to a statement, the latest first, each with its entry in the journal. */
export function history(deeds: readonly Deed[], { frame, who }: PageRequest): Deeds {
  return deeds.toReversed().map((deed) => {
    const whom = deed.audience ? `${AUDIENCE_WORDS[deed.audience]}: ` : ''
    const version = deed.version ? ` version ${deed.version}` : ''
    const alone = deed.breakGlass ? ', without a second person' : ''
    const verb = VERBS[deed.type] ?? deed.type
    const what = `${whom}${verb}${version} by ${who(deed.actor)}${alone}`
    const why = [deed.whatChanged && `What changed: ${deed.whatChanged}`, deed.reason && `Reason: ${deed.reason}`]
    return {
      when: sayAt(deed.at),
      what: what.charAt(0).toUpperCase() + what.slice(1),
      why: why.filter(Boolean).join(' ') || null,
      href: `${home(frame)}/evidence/${deed.entry}`,
    }
  })
}

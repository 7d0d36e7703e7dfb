import { mainLanguage } from '#contexts/estate'
import { because, type Cause, type Counts, reasons, truth } from '#contexts/incident'
import { catalogue, type LanguageCode, type Speaker, type Times, timesIn } from '#platform/words'
import type { OrganisationFacts } from '../facts.ts'
import { en } from './en/index.ts'

/** What the public pages and formats say, beside what incident and statements say of state. */
export const publicTexts = catalogue(en, {})

/** Speaks one language. */
export interface Words extends Speaker<typeof en>, Times {
  /** A whole sentence that can follow "At 6:30am on Tuesday 25 November 2025,". */
  truth(counts: Counts): string
  /** A clause that can follow "because". */
  because(cause: Cause): string
  reasons(services: readonly { readonly cause: Cause | null }[]): string[]
}

const speakers = new Map<LanguageCode, Words>()

/** What programs read, messages and everything else that is there once, in the organisation's main language. */
export function wordsOf(facts: Pick<OrganisationFacts, 'languages'>): Words {
  return wordsIn(mainLanguage(facts))
}

export function wordsIn(language: LanguageCode): Words {
  let known = speakers.get(language)
  if (!known) {
    known = {
      ...publicTexts.in(language),
      ...timesIn(language),
      truth: (counts) => truth(counts, language),
      because: (cause) => because(cause, language),
      reasons: (services) => reasons(services, language),
    }
    speakers.set(language, known)
  }
  return known
}

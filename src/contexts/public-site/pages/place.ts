import { mainLanguage } from '#contexts/estate'
import type { LanguageCode } from '#platform/words'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'

type Speaking = Pick<OrganisationFacts, 'slug' | 'languages'>

/** Where an organisation's pages in one language are: at its own address in the main one. */
export function homePath(facts: Speaking, { language }: Pick<Issue, 'language'>): string {
  return language === mainLanguage(facts) ? `/${facts.slug}` : `/${facts.slug}/${language}`
}

/** The same page in another language. */
export interface InLanguage {
  readonly code: LanguageCode
  /** In its own words. */
  readonly name: string
  /** Null where it is this one. */
  readonly url: string | null
}

/** Empty where an organisation speaks one language only. `path`: of the page within the organisation, such as `/contact`. */
export function inLanguages(facts: Speaking, issue: Issue, path: string): InLanguage[] {
  if (facts.languages.length < 2) return []
  return facts.languages.map((language) => ({
    code: language,
    name: wordsIn(language).t('language.name'),
    url: language === issue.language ? null : `${homePath(facts, { language })}${path}`,
  }))
}

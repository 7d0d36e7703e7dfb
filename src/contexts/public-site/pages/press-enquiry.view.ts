import { formStylesheet } from '#platform/views'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Enquiry, EnquiryField, Mistake } from '../core/enquiry.ts'
import { marked } from '../core/words.ts'
import { type Frame, surroundings } from './frame.view.ts'
import type { SearchIndex } from './search.view.ts'

export interface EnquiryForm {
  readonly action: string
  readonly values: Partial<Record<EnquiryField, string>>
  readonly errors: Partial<Record<EnquiryField, string>>
}

export function enquiryForm(organisation: string): EnquiryForm {
  return { action: `/${organisation}/press/enquiry`, values: {}, errors: {} }
}

export interface PressEnquiryPage extends Frame {
  readonly heading: string
  readonly says: readonly string[]
  readonly problems: readonly { readonly field: EnquiryField; readonly text: string }[]
  readonly form: EnquiryForm | null
}

export type Refused = 'elsewhere' | 'often' | 'unavailable' | 'unreadable'

/** After the form was sent: that it arrived and what happens next, or why not. */
export function pressEnquiryPage(index: SearchIndex, outcome: 'received' | Refused): PressEnquiryPage {
  const { t } = wordsIn(index.issue.language)
  if (outcome === 'received') return answer(index, t('press.sent.title'), [t('press.sent.next'), t('press.sent.watch')])
  return answer(index, t('press.wrong.title'), [t(`press.wrong.${outcome}`)])
}

/** The form again, with what was typed and what is wrong with it. */
export function pressMistakesPage(index: SearchIndex, typed: Enquiry, mistakes: readonly Mistake[]): PressEnquiryPage {
  const { say, t } = wordsIn(index.issue.language)
  const problems = mistakes.map(({ field, mistake }) => ({
    field,
    text:
      mistake.kind === 'long'
        ? say('press.wrong.long', { count: mistake.most })
        : mistake.kind === 'lines'
          ? t('press.wrong.lines')
          : t(`press.wrong.missing.${field as Exclude<EnquiryField, 'deadline'>}`),
  }))
  const errors = Object.fromEntries(problems.map(({ field, text }) => [field, text]))
  const form = { ...enquiryForm(index.organisation.slug), values: typed, errors }
  return { ...answer(index, t('press.wrong.title'), []), problems, form }
}

function answer({ organisation, issue }: SearchIndex, heading: string, says: readonly string[]): PressEnquiryPage {
  const words = wordsIn(issue.language)
  const { slug, called, exercise } = organisation
  const source = words.say('frame.source.own', { organisation: called })
  const around = surroundings({ name: called, home: `/${slug}`, exercise, source }, issue)
  const title = marked(exercise, `${heading}: ${called}`, words)
  return { ...around, style: formStylesheet.text, title, heading, says, languages: [], problems: [], form: null }
}

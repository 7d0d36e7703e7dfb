import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue } from '../core/facts.ts'
import { marked } from '../core/words.ts'
import { type Frame, surroundings } from './frame.view.ts'

export type NotFoundPage = Frame

export function notFoundPage(region: string, exercise: boolean, issue: Issue): NotFoundPage {
  const words = wordsIn(issue.language)
  const owner = { name: region, home: '/', exercise, source: words.t('frame.source.region') }
  const title = marked(exercise, words.t('notFound.title'), words)
  return { ...surroundings(owner, issue), languages: [], title }
}

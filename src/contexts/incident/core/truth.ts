import { LANGUAGES, type LanguageCode } from '#platform/words'
import { outsideTexts } from './catalogue.ts'

export interface Counts {
  readonly stopped: number
  readonly limited: number
  readonly usual: number
  readonly total: number
}

/** The one sentence: "21 of 48 services have stopped, 8 are limited and 19 are running as usual." */
export function truth({ stopped, limited, usual, total }: Counts, language?: LanguageCode): string {
  const { say, t, list } = outsideTexts.in(language)
  if (total === 0) return t('truth.none')
  if (usual === total) return say('truth.all.usual', { count: total })
  if (stopped === total) return say('truth.all.stopped', { count: total })
  if (limited === total) return say('truth.all.limited', { count: total })
  const clauses = [
    ...(stopped > 0 ? [say('truth.first.stopped', { count: stopped, total })] : []),
    ...(limited > 0
      ? [say(stopped > 0 ? 'truth.then.limited' : 'truth.first.limited', { count: limited, total })]
      : []),
    ...(usual > 0 ? [say('truth.then.usual', { count: usual })] : []),
  ]
  return say('truth.sentence', { clauses: list(clauses) })
}

export function exerciseMark(language?: LanguageCode): string {
  return outsideTexts.in(language).t('exercise.mark')
}

/** For titles and names that leave the page: a headline quoted alone must still say that it is an exercise. Once is enough. */
export function markedAsExercise(exercise: boolean, text: string, language?: LanguageCode): string {
  // What staff published is in the organisation's main language, also on a page of another.
  const said = LANGUAGES.some((one) => text.startsWith(exerciseMark(one)))
  return exercise && !said ? outsideTexts.in(language).say('exercise.named', { text }) : text
}

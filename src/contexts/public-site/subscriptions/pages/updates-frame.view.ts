import { exerciseMark } from '#contexts/incident'
import { formStylesheet, type Layout } from '#platform/views'
import type { LanguageCode } from '#platform/words'
import { type Words, wordsIn } from '../../core/catalogue/index.ts'
import { marked } from '../../core/words.ts'

interface Link {
  readonly href: string
  readonly text: string
}

/** What every page about updates carries besides its own matter. */
export interface UpdatesFrame extends Layout {
  readonly heading: string
  readonly back: Link | null
  readonly t: Words['t']
  /** On paper alone: where this page is. Null where its address is somebody's secret. */
  readonly paper: string | null
}

/** The organisation that a page speaks for; null where a link leads to none. */
export interface Owner {
  readonly slug: string
  readonly name: string
  readonly exercise: boolean
  readonly language: LanguageCode
}

/** In English where a link leads to nobody. */
export function wordsFor(owner: Owner | null): Words {
  return wordsIn(owner?.language ?? 'en-GB')
}

export function updatesFrame(owner: Owner | null, heading: string, failed = false): UpdatesFrame {
  const words = wordsFor(owner)
  const { say, t } = words
  const title = marked(owner?.exercise ?? false, owner ? heading : `${heading} - Holdfast`, words)
  return {
    title: failed ? say('subscribe.failed', { title }) : title,
    said: {
      lang: words.code,
      skip: t('frame.skip'),
      exercise: t('exercise.label'),
      practice: t('exercise.banner'),
      mark: exerciseMark(words.code),
    },
    header: owner ? { logoText: owner.name, url: `/${owner.slug}` } : { logoText: 'Holdfast', url: '/' },
    exercise: owner?.exercise ?? false,
    style: formStylesheet.text,
    heading,
    back: owner && { href: `/${owner.slug}`, text: say('asked.back', { organisation: owner.name }) },
    t,
    paper: null,
  }
}

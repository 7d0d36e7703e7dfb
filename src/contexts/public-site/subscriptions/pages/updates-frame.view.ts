import { formStylesheet, type Layout } from '#platform/views'
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
}

/** The organisation that a page speaks for; null where a link leads to none. */
export interface Owner {
  readonly slug: string
  readonly name: string
  readonly exercise: boolean
}

export function updatesFrame(owner: Owner | null, heading: string, failed = false): UpdatesFrame {
  const { say, t } = wordsIn()
  const title = marked(owner?.exercise ?? false, owner ? heading : `${heading} - Holdfast`)
  return {
    title: failed ? `Error: ${title}` : title,
    header: owner ? { logoText: owner.name, url: `/${owner.slug}` } : { logoText: 'Holdfast', url: '/' },
    exercise: owner?.exercise ?? false,
    style: formStylesheet.text,
    heading,
    back: owner && { href: `/${owner.slug}`, text: say('asked.back', { organisation: owner.name }) },
    t,
  }
}

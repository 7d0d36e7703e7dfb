import type { GenericHeaderOptions } from './govuk.ts'
import type { SafeHtml } from './safe-html.ts'

/** What `layout.njk` asks of every page. */
export interface Layout {
  readonly title: string
  readonly header: GenericHeaderOptions
  /** Shows the banner that no page of an exercise may lack. */
  readonly exercise: boolean
  readonly style: SafeHtml
  /** What the layout itself says, where the page is not in English. */
  readonly said?: {
    /** BCP 47. */
    readonly lang: string
    readonly skip: string
    readonly exercise: string
    readonly practice: string
    readonly mark: string
  }
}

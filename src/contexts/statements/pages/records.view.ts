import type { Frame } from '#command'
import type { Refusal } from '#kernel'
import {
  type BackLinkOptions,
  type ButtonOptions,
  type ErrorSummaryOptions,
  formErrors,
  type InputOptions,
  type TagOptions,
} from '#platform/views'

export interface Link {
  readonly href: string
  readonly text: string
}

export interface QuickForm {
  readonly action: string
  readonly inputs?: readonly InputOptions[]
  readonly buttons: readonly ButtonOptions[]
}

export interface Item {
  readonly heading: string
  readonly href?: string
  readonly tags?: readonly TagOptions[]
  readonly lines: readonly string[]
  readonly links?: readonly Link[]
  readonly forms?: readonly QuickForm[]
}

export interface Group {
  readonly heading: string
  /** What is said where there is nothing. */
  readonly empty: string
  readonly items: readonly Item[]
}

/** A page that lists what the room keeps, with what can be done about each. */
export interface RecordsView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly back: BackLinkOptions | null
  readonly errors: ErrorSummaryOptions | null
  readonly intro: readonly string[]
  readonly forms: readonly QuickForm[]
  readonly links: readonly Link[]
  readonly groups: readonly Group[]
}

export function recordsView(
  frame: Frame,
  page: Partial<Omit<RecordsView, 'frame' | 'title' | 'errors'>> & {
    readonly heading: string
    readonly groups: readonly Group[]
  },
  refusal: Refusal | null = null,
): RecordsView {
  return {
    frame,
    back: null,
    intro: [],
    forms: [],
    links: [],
    ...page,
    title: `${refusal ? 'Error: ' : ''}${page.heading}`,
    errors: refusal && formErrors(refusal, {}).summary,
  }
}

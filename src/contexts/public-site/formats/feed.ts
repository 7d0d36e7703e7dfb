import type { Millis } from '#kernel'
import { type Part, textOf } from './said.ts'
import { plain } from './text.ts'
import { escaped } from './xml.ts'

/** One thing that was said or has changed, as every feed tells it. */
export interface Item {
  /** The same however often it is rendered. */
  readonly id: string
  readonly url: string
  readonly title: string
  readonly parts: readonly Part[]
  readonly publishedAt: Millis
  readonly updatedAt: Millis
  /** Where the thing is in another form, such as application/cap+xml. */
  readonly otherForm?: { readonly type: string; readonly url: string }
}

export interface Feed {
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** What is so now. */
  readonly subtitle: string
  readonly author: string
  /** The page that it belongs to. */
  readonly home: string
  /** Its own address, by which it is known too. */
  readonly self: string
  readonly updatedAt: Millis
  readonly revision: number
  /** The newest first. */
  readonly items: readonly Item[]
}

/** Feed readers take content for HTML, whatever they are told: words must be escaped for it. */
export function htmlOf({ parts }: Item): string {
  return parts
    .flatMap(({ heading, text }) => [
      ...(heading === null ? [] : [`<p><strong>${escaped(heading)}</strong></p>`]),
      ...plain(text)
        .split(/\n+/)
        .filter((one) => one.trim())
        .map((one) => `<p>${escaped(one.trim())}</p>`),
    ])
    .join('\n')
}

export function plainTextOf({ parts }: Item): string {
  return textOf(parts)
}

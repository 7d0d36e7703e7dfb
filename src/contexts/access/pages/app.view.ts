import type { ErrorSummaryOptions, InputOptions, SafeHtml } from '#platform/views'
import { inFours } from './in-fours.ts'
import { type CodesWords, digits, mistake } from './sign-in.view.ts'

export interface AppPage {
  readonly title: string
  readonly csrf: string
  /** Tells which key was offered; worth nothing without the session. */
  readonly offer: string
  readonly replaces: boolean
  readonly key: string
  readonly uri: string
  readonly picture: SafeHtml
  readonly errors: ErrorSummaryOptions | null
  readonly code: InputOptions
}

export function appPage(shown: Omit<AppPage, 'title' | 'errors' | 'code'> & { wrong: CodesWords }): AppPage {
  const { wrong, key, ...rest } = shown
  const title = 'Add an authenticator app'
  return {
    ...rest,
    key: inFours(key),
    title: wrong === null ? title : `Error: ${title}`,
    errors: wrong && mistake(wrong, '#code'),
    code: digits(wrong),
  }
}

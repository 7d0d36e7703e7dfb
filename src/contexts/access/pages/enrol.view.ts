import type { ErrorSummaryOptions, InputOptions, SafeHtml } from '#platform/views'
import { signInCode } from '../projections/people.ts'
import { inFours } from './in-fours.ts'
import type { PasskeyControl } from './passkey.view.ts'
import { type CodesWords, digits, mistake } from './sign-in.view.ts'

export interface EnrolPage {
  readonly title: string
  readonly name: string
  readonly signInCode: string
  readonly csrf: string
  readonly passkey: PasskeyControl
  /** Key of the authenticator app: as text, as a link that opens an app, and as a picture. */
  readonly key: string
  readonly uri: string
  readonly picture: SafeHtml
  readonly errors: ErrorSummaryOptions | null
  readonly code: InputOptions
}

export function enrolPage(shown: {
  csrf: string
  path: string
  name: string
  person: string
  key: string
  uri: string
  picture: SafeHtml
  wrong: CodesWords
}): EnrolPage {
  const { csrf, path, name, person, key, uri, picture, wrong } = shown
  const title = 'Set up how you sign in'
  return {
    title: wrong === null ? title : `Error: ${title}`,
    name,
    signInCode: inFours(signInCode(person)),
    csrf,
    passkey: {
      ceremony: 'create',
      options: `${path}/options`,
      verify: `${path}/passkey`,
      next: '/console/account',
      csrf: '',
      button: 'Create a passkey',
    },
    key: inFours(key),
    uri,
    picture,
    errors: wrong && mistake(wrong, '#code'),
    code: digits(wrong),
  }
}

import type { ErrorSummaryOptions, InputOptions } from '#platform/views'
import type { PasskeyControl } from './passkey.view.ts'

/** What went wrong with typed codes; the same words whether or not the person exists. */
export type CodesWords = 'wrong' | 'too-many' | 'stale' | null

interface CodesForm {
  readonly title: string
  readonly csrf: string
  readonly next: string
  readonly errors: ErrorSummaryOptions | null
  readonly code: InputOptions
}

export interface SignInPage extends CodesForm {
  readonly passkey: PasskeyControl
  readonly who: InputOptions
  readonly recovery: string
}

export interface RecoveryPage extends CodesForm {
  readonly who: InputOptions
  readonly back: string
}

export interface StepUpPage extends CodesForm {
  readonly name: string
  readonly passkey: PasskeyControl
  readonly hasApp: boolean
}

export interface DeadEndPage {
  readonly title: string
  readonly says: readonly string[]
}

const MISTAKES = {
  wrong: 'These codes do not match. Check both, and wait for the app to show a new code',
  'too-many': 'There were too many tries. Wait 15 minutes, or sign in with a passkey',
  stale: 'This page was open for too long. Enter the code again',
}

/** `href`: the field that the mistake leads to. */
export function mistake(words: Exclude<CodesWords, null>, href: string): ErrorSummaryOptions {
  return { titleText: 'There is a problem', errorList: [{ text: MISTAKES[words], href }] }
}

export function digits(words: CodesWords): InputOptions {
  return {
    id: 'code',
    name: 'code',
    label: { text: 'Code from your authenticator app' },
    hint: { text: '6 digits' },
    classes: 'govuk-input--width-10 govuk-input--extra-letter-spacing',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    spellcheck: false,
    ...(words === null ? {} : { errorMessage: { text: MISTAKES[words] } }),
  }
}

function whoField(value: string): InputOptions {
  return {
    id: 'who',
    name: 'who',
    value,
    label: { text: 'Your sign-in code' },
    hint: { text: '8 letters and digits, such as 7K3M Q2XD. You were shown it when you set up how you sign in.' },
    classes: 'govuk-input--width-10',
    autocomplete: 'username',
    spellcheck: false,
  }
}

interface Shown {
  readonly csrf: string
  readonly next: string
  readonly who: string
  readonly words: CodesWords
}

const titled = (title: string, words: CodesWords) => (words === null ? title : `Error: ${title}`)

export function signInPage({ csrf, next, who, words }: Shown): SignInPage {
  return {
    title: titled('Sign in', words),
    csrf,
    next,
    errors: words && mistake(words, '#code'),
    passkey: {
      ceremony: 'get',
      options: '/console/sign-in/options',
      verify: '/console/sign-in/passkey',
      next,
      csrf: '',
      button: 'Sign in with a passkey',
    },
    who: whoField(who),
    code: digits(words),
    recovery: `/console/sign-in/recovery?next=${encodeURIComponent(next)}`,
  }
}

export function recoveryPage({ csrf, next, who, words }: Shown): RecoveryPage {
  return {
    title: titled('Sign in with a recovery code', words),
    csrf,
    next,
    errors: words && mistake(words, '#code'),
    who: whoField(who),
    code: {
      id: 'code',
      name: 'code',
      label: { text: 'Recovery code' },
      hint: { text: '16 letters and digits from your printed list. Each code works once.' },
      classes: 'govuk-input--width-20',
      autocomplete: 'off',
      spellcheck: false,
      ...(words === null ? {} : { errorMessage: { text: MISTAKES[words] } }),
    },
    back: `/console/sign-in?next=${encodeURIComponent(next)}`,
  }
}

export function stepUpPage(shown: Omit<Shown, 'who'> & { name: string; hasApp: boolean }): StepUpPage {
  const { csrf, next, words, name, hasApp } = shown
  return {
    title: titled('Confirm that it is you', words),
    csrf,
    next,
    name,
    errors: words && mistake(words, '#code'),
    passkey: {
      ceremony: 'get',
      options: '/console/step-up/options',
      verify: '/console/step-up/passkey',
      next,
      csrf,
      button: 'Confirm with a passkey',
    },
    hasApp,
    code: digits(words),
  }
}

export function deadEndPage(title: string, says: readonly string[]): DeadEndPage {
  return { title, says }
}

import type { Models } from '#journal'
import type { Caller, Millis, Refusal, Role } from '#kernel'
import type { Outcome } from './execute.ts'
import type { SayWho } from './who.ts'

/** Who is looking at a page: signed in, with the roles held at this page's organisation. */
export interface Reader {
  readonly person: string
  readonly name: string
  readonly caller: Caller
}

/** Fields of a submitted form, or of the address; a name may come several times. */
export type Fields = URLSearchParams

/** What a page is given. It changes things only through `give`, the one way in, and reads through `ask` and the models. */
export interface PageRequest {
  readonly organisation: string
  /** Parts of the path, such as `incident`. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Fields
  /** Null unless a form was submitted. Its CSRF token has been checked. */
  readonly form: Fields | null
  readonly reader: Reader
  /** By the organisation's clock. */
  readonly now: Millis
  /** The address of this installation, for links that leave the page: `https://holdfast.example`. */
  readonly url: string
  readonly models: Models
  /** What the reader calls whoever did something: 'you', a name, 'the exercise'. */
  readonly who: SayWho
  /** The frame that every page of the console stands in: give it to the template as `frame`. */
  readonly frame: Frame
  /**
   * Gives a command as the reader. The form's `commandId` makes a second submit of the same form harmless.
   * A refusal comes back as a value, to be shown with what was typed.
   */
  give(command: string, input: unknown): Promise<Outcome>
  /** Asks a query as the reader: its answer, or a refusal. */
  ask(query: string, input?: object): Promise<object>
}

/** What the layout shows around a page. */
export interface Frame {
  readonly organisation: { readonly slug: string; readonly name: string }
  readonly exercise: boolean
  readonly reader: string
  readonly roles: readonly Role[]
  readonly csrf: string
  /** A fresh id for each form shown: hidden field `commandId`. */
  readonly commandId: string
  readonly navigation: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
  /** Other organisations that the reader serves. */
  readonly elsewhere: readonly { readonly href: string; readonly text: string }[]
  /** What the reader has to know on whatever page they are, until they say that they have seen it. */
  readonly notices?: readonly {
    readonly text: string
    readonly detail: string
    readonly action: string
    readonly button: string
  }[]
  /** The organisation's time when the page was made, RFC 3339. */
  readonly madeAt: string
  /** The last journal number that the page knows: the live script asks for what came after it. */
  readonly position: number
}

export type PageAnswer =
  | { readonly html: string; readonly status?: number }
  /** Within the console; 303, so that going back does not submit again. */
  | { readonly redirect: string }
  /** Shown on a plain page with its title and detail. */
  | Refusal

/** A page of the console: `/console/{organisation}{path}`. */
export interface Page {
  readonly method: 'GET' | 'POST'
  /** Below the organisation, such as `/incidents/:incident/isolate`; `/` is the situation. */
  readonly path: string
  readonly roles: readonly Role[]
  /** Asks for the passkey (or code) again when the last proof is older than a few minutes. */
  readonly stepUp?: boolean
  /** Shown in the navigation, in order of `order`, to those who may open it. */
  readonly navigation?: {
    readonly text: string
    readonly order: number
    /** Live organisations do not show it. */
    readonly exercisesOnly?: boolean
  }
  readonly handle: (request: PageRequest) => PageAnswer | Promise<PageAnswer>
}

export function page(declared: Page): Page {
  if (!declared.path.startsWith('/')) throw new Error(`the path ${declared.path} of a page begins with a slash`)
  return declared
}

import { isRefusal, type Refusal, type Role, refusals } from '#kernel'
import { createViews } from '#platform/views'
import type { Done } from '../execute.ts'
import { type Page, type PageAnswer, type PageRequest, page } from '../page.ts'
import { type Ask, mistakes, type Said, said, type Typed, typed } from './form.ts'
import { type FormPageView, type FormWords, formPageView } from './form-page.view.ts'

const views = createViews<{ readonly 'form-page.njk': FormPageView }>([])
const refuse = refusals({ 'form-not-filled': { kind: 'input', title: 'There is a problem' } })

interface FormPage<Facts> {
  readonly path: string
  readonly roles: readonly Role[]
  readonly stepUp?: boolean
  readonly navigation?: Page['navigation']
  readonly facts: (request: PageRequest) => Facts | Refusal
  readonly words: (facts: Facts, request: PageRequest) => FormWords
  readonly asks: (facts: Facts, request: PageRequest) => readonly Ask[]
  /** What stands in the fields at first. */
  readonly first?: (facts: Facts, request: PageRequest) => Promise<Typed> | Typed
  readonly command: (said: Said, facts: Facts, request: PageRequest, values: Typed) => { name: string; input: object }
  /** Where to go when it is done. */
  readonly next: (facts: Facts, request: PageRequest, done: Done) => string
}

/** A form that gives one command: shown by GET, given by POST, and shown again with everything typed where it is refused. */
export function formPages<Facts extends object>(declared: FormPage<Facts>): Page[] {
  const { path, roles, navigation } = declared
  const stepUp = declared.stepUp ? { stepUp: true } : {}

  function show(request: PageRequest, facts: Facts, values: Typed, refusal: Refusal | null): PageAnswer {
    const asks = declared.asks(facts, request)
    const view = formPageView(request.frame, declared.words(facts, request), asks, values, refusal)
    return { html: views.render('form-page.njk', view), ...(refusal ? { status: 422 } : {}) }
  }

  const get = async (request: PageRequest): Promise<PageAnswer> => {
    const facts = declared.facts(request)
    if (isRefusal(facts)) return facts
    return show(request, facts, (await declared.first?.(facts, request)) ?? {}, null)
  }

  const post = async (request: PageRequest): Promise<PageAnswer> => {
    const facts = declared.facts(request)
    if (isRefusal(facts)) return facts
    const asks = declared.asks(facts, request)
    const values = typed(request.form!, asks)
    const wrong = mistakes(values, asks)
    if (wrong.length > 0)
      return show(
        request,
        facts,
        values,
        refuse('form-not-filled', 'Correct what is marked, then send it again.', wrong),
      )
    const { name, input } = declared.command(said(values, asks), facts, request, values)
    const outcome = await request.give(name, input)
    if (isRefusal(outcome)) return show(request, facts, values, outcome)
    return { redirect: declared.next(facts, request, outcome) }
  }

  return [
    page({ method: 'GET', path, roles, ...(navigation ? { navigation } : {}), ...stepUp, handle: get }),
    page({ method: 'POST', path, roles, ...stepUp, handle: post }),
  ]
}

/** An input without what was left empty: commands know absent fields, not blank ones. */
export function given(input: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal, refusals } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { type DryRun, importView } from './import.view.ts'
import { filesOf, fingerprint, NOTHING, type Typed, typedOf } from './import-form.ts'
import { estateHome } from './place.ts'
import { views } from './views.ts'

const refuse = refusals({ 'nothing-pasted': { kind: 'input', title: 'There is a problem' } })

function show({ frame }: PageRequest, typed: Typed, dryRun: DryRun | null, refusal: Refusal | null): PageAnswer {
  const view = importView(frame, typed, dryRun, refusal)
  return { html: views.render('import.njk', view), ...(refusal ? { status: 422 } : {}) }
}

const paste = page({
  method: 'GET',
  path: '/estate/import',
  roles: KEEPERS,
  handle: (request) => show(request, NOTHING, null, null),
})

const take = page({
  method: 'POST',
  path: '/estate/import',
  roles: KEEPERS,
  async handle(request) {
    const typed = typedOf(request.form!)
    const files = filesOf(typed).map(({ name, text }) => ({ name, text }))
    const detail = 'Choose a file, or paste its text'
    if (files.length === 0)
      return show(request, typed, null, refuse('nothing-pasted', detail, [{ pointer: '/files', detail }]))
    // What was edited after the check has not been seen by anybody.
    if (request.form!.get('step') === 'import' && request.form!.get('checked') === fingerprint(typed)) {
      const outcome = await request.give('estate.import', { files })
      return isRefusal(outcome) ? show(request, typed, null, outcome) : { redirect: estateHome(request.frame) }
    }
    const plan = await request.ask('estate-plan', { files })
    return isRefusal(plan) ? show(request, typed, null, plan) : show(request, typed, plan as DryRun, null)
  },
})

export const importPages = [paste, take]

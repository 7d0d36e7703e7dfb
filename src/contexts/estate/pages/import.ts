import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal, refusals } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { type DryRun, fingerprint, importView } from './import.view.ts'
import { estateHome } from './place.ts'
import { views } from './views.ts'

const refuse = refusals({ 'nothing-pasted': { kind: 'input', title: 'There is a problem' } })

function show({ frame }: PageRequest, text: string, dryRun: DryRun | null, refusal: Refusal | null): PageAnswer {
  const view = importView(frame, text, dryRun, refusal)
  return { html: views.render('import.njk', view), ...(refusal ? { status: 422 } : {}) }
}

const paste = page({
  method: 'GET',
  path: '/estate/import',
  roles: KEEPERS,
  handle: (request) => show(request, '', null, null),
})

const take = page({
  method: 'POST',
  path: '/estate/import',
  roles: KEEPERS,
  async handle(request) {
    const text = (request.form!.get('text') ?? '').replaceAll('\r\n', '\n')
    const detail = 'Paste the text of an estate file'
    if (text.trim() === '')
      return show(request, text, null, refuse('nothing-pasted', detail, [{ pointer: '/files', detail }]))
    const files = [{ name: 'estate.yaml', text }]
    // What was edited after the check has not been seen by anybody.
    if (request.form!.get('step') === 'import' && request.form!.get('checked') === fingerprint(text)) {
      const outcome = await request.give('estate.import', { files })
      return isRefusal(outcome) ? show(request, text, null, outcome) : { redirect: estateHome(request.frame) }
    }
    const plan = await request.ask('estate-plan', { files })
    return isRefusal(plan) ? show(request, text, null, plan) : show(request, text, plan as DryRun, null)
  },
})

export const importPages = [paste, take]

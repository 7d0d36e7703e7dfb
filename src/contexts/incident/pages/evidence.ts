import { page } from '#command'
import { isRefusal } from '#kernel'
import { READERS } from '../commands/roles-allowed.ts'
import { refuse } from '../core/refusals.ts'
import { evidenceView } from './evidence.view.ts'
import { readEvidence } from './evidence-answer.ts'
import { views } from './views.ts'

export const evidencePage = page({
  method: 'GET',
  path: '/evidence/:number',
  roles: READERS,
  async handle(request) {
    const number = Number(request.params.number)
    if (!Number.isSafeInteger(number) || number < 1)
      return refuse('unknown-entry', 'Journal entries are numbered from 1. Choose one in the timeline.')
    const evidence = await readEvidence(request, number)
    if (isRefusal(evidence)) return evidence
    const view = evidenceView({ frame: request.frame, who: request.who, evidence })
    return { html: views.render('evidence.njk', view) }
  },
})

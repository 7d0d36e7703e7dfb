import { page } from '#command'
import { isRefusal } from '#kernel'
import { READERS } from '../commands/roles-allowed.ts'
import { refuse } from '../core/refusals.ts'
import { readEvidence } from './evidence-answer.ts'
import { incidentOf } from './place.ts'
import { sitrepView } from './sitrep.view.ts'
import { sitrepFormPages } from './sitrep-new.ts'
import { views } from './views.ts'

const sitrepPage = page({
  method: 'GET',
  path: '/incidents/:incident/sitreps/:sitrep',
  roles: READERS,
  async handle(request) {
    const incident = incidentOf(request)
    if (isRefusal(incident)) return incident
    const sitrep = incident.sitreps[Number(request.params.sitrep) - 1]
    if (!sitrep) return refuse('unknown-sitrep', `This incident has ${incident.sitreps.length}, numbered from 1.`)
    const evidence = await readEvidence(request, sitrep.number)
    const view = sitrepView({
      frame: request.frame,
      incident,
      sitrep,
      root: isRefusal(evidence) ? null : evidence.root,
    })
    return { html: views.render('sitrep.njk', view) }
  },
})

export const sitrepPages = [...sitrepFormPages, sitrepPage]

import { page } from '#command'
import { READERS } from '../commands/roles-allowed.ts'
import { log } from '../projections/log.ts'
import { decisionOf } from '../queries/history.ts'
import { decisionsView } from './decisions.view.ts'
import { incidentChoices } from './timeline.ts'
import { views } from './views.ts'

export const decisionsPage = page({
  method: 'GET',
  path: '/decisions',
  roles: READERS,
  navigation: { text: 'Decisions', order: 3 },
  handle(request) {
    const { frame, models, organisation, query, reader } = request
    const incident = query.get('incident') ?? ''
    const view = decisionsView({
      frame,
      reader: reader.caller.actor,
      incident,
      incidents: incidentChoices(request),
      decisions: models
        .of(log, organisation)
        .filter(({ data }) => incident === '' || data.incident === incident)
        .flatMap((entry) => decisionOf(models, entry))
        .reverse(),
    })
    return { html: views.render('decisions.njk', view) }
  },
})

import { page } from '#command'
import { READERS } from '../commands/roles-allowed.ts'
import { log } from '../projections/log.ts'
import { decides, decisionOf } from '../queries/history.ts'
import { decisionsView } from './decisions.view.ts'
import { sheetOf } from './paging.ts'
import { incidentChoices } from './timeline.ts'
import { views } from './views.ts'

const A_PAGE = 25

export const decisionsPage = page({
  method: 'GET',
  path: '/decisions',
  roles: READERS,
  navigation: { text: 'Decisions', order: 3 },
  handle(request) {
    const { frame, models, organisation, query, who } = request
    const incident = query.get('incident') ?? ''
    const found = models
      .of(log, organisation)
      .filter((entry) => decides(entry) && (incident === '' || entry.data.incident === incident))
      .reverse()
    const sheet = sheetOf(found, query, A_PAGE)
    const view = decisionsView({
      frame,
      who,
      incident,
      incidents: incidentChoices(request),
      decisions: sheet.items.flatMap((entry) => decisionOf(models, entry)),
      sheet,
    })
    return { html: views.render('decisions.njk', view) }
  },
})

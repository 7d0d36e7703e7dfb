import { page } from '#command'
import { nodeName } from '#contexts/estate'
import { isRefusal, mayAct } from '#kernel'
import { COMMANDERS, DECIDERS, READERS, RESPONDERS } from '../commands/roles-allowed.ts'
import { log } from '../projections/log.ts'
import { inWords } from '../queries/history.ts'
import { incidentView } from './incident.view.ts'
import { incidentOf } from './place.ts'
import { views } from './views.ts'

const LATEST = 8

export const incidentPage = page({
  method: 'GET',
  path: '/incidents/:incident',
  roles: READERS,
  handle(request) {
    const incident = incidentOf(request)
    if (isRefusal(incident)) return incident
    const { frame, models, organisation, now, reader } = request
    const entries = models.of(log, organisation).filter(({ data }) => data.incident === incident.id)
    const view = incidentView({
      frame,
      now,
      incident,
      nameOf: (id) => nodeName(models, id),
      latest: entries
        .slice(-LATEST)
        .reverse()
        .map((entry) => ({ number: entry.number, words: inWords(models, entry), occurredAt: entry.occurredAt })),
      mayRecord: mayAct(reader.caller, RESPONDERS),
      mayCommand: mayAct(reader.caller, COMMANDERS),
      mayDecide: mayAct(reader.caller, DECIDERS),
    })
    return { html: views.render('incident.njk', view) }
  },
})

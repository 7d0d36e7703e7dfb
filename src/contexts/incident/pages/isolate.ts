import { page } from '#command'
import { nodeName } from '#contexts/estate'
import { isRefusal } from '#kernel'
import { DECIDERS } from '../commands/roles-allowed.ts'
import { isolateView } from './isolate.view.ts'
import { decidePages } from './isolate-decide.ts'
import { asked, deskOf } from './isolate-facts.ts'
import { previewView } from './isolate-preview.view.ts'
import { incidentOf } from './place.ts'
import { views } from './views.ts'

const desk = page({
  method: 'GET',
  path: '/incidents/:incident/isolate',
  roles: DECIDERS,
  handle(request) {
    const incident = incidentOf(request)
    if (isRefusal(incident)) return incident
    const { frame, now, query } = request
    const question = asked(query)
    const view = isolateView({ frame, now, incident, asked: question, desk: deskOf(request, question) })
    return { html: views.render('isolate.njk', view) }
  },
})

/** The right-hand side alone: what the island shows as the choice changes. */
const preview = page({
  method: 'GET',
  path: '/incidents/:incident/isolate/preview',
  roles: DECIDERS,
  handle(request) {
    const { models, now, query } = request
    const question = asked(query)
    const { current, ways } = deskOf(request, question)
    const nameOf = (id: string) => nodeName(models, id)
    const view = previewView({ now, current, ways, likely: question.days.likely, nameOf })
    return { html: views.render('isolate-preview.njk', view) }
  },
})

export const isolatePages = [desk, preview, ...decidePages]

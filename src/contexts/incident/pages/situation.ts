import { page } from '#command'
import { serviceOf } from '#contexts/estate'
import { mayAct } from '#kernel'
import { COMMANDERS, DECIDERS, READERS, RESPONDERS } from '../commands/roles-allowed.ts'
import { situationAt } from '../queries/situation.ts'
import { situationView } from './situation.view.ts'
import { views } from './views.ts'

export const situationPage = page({
  method: 'GET',
  path: '/',
  roles: READERS,
  navigation: { text: 'Situation', order: 1 },
  handle({ frame, models, organisation, now, reader }) {
    const situation = situationAt(models, organisation, { at: now }, true)
    const statutory = new Set(situation.hit.map(({ id }) => id).filter((id) => serviceOf(models, id)?.statutory))
    const view = situationView({
      frame,
      now,
      situation,
      statutory,
      mayDeclare: mayAct(reader.caller, RESPONDERS),
      mayIsolate: mayAct(reader.caller, DECIDERS),
      mayReport: mayAct(reader.caller, COMMANDERS),
    })
    return { html: views.render('situation.njk', view) }
  },
})

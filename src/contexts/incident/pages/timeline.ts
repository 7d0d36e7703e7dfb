import { type PageRequest, page } from '#command'
import { READERS } from '../commands/roles-allowed.ts'
import { incidents } from '../projections/incidents.ts'
import { type IncidentEntry, log } from '../projections/log.ts'
import { inWords } from '../queries/history.ts'
import { sheetOf } from './paging.ts'
import { titleOf } from './place.ts'
import { timelineView } from './timeline.view.ts'
import { KINDS } from './timeline-kinds.ts'
import { views } from './views.ts'

const A_PAGE = 100

export const timelinePage = page({
  method: 'GET',
  path: '/timeline',
  roles: READERS,
  navigation: { text: 'Timeline', order: 2 },
  handle(request) {
    const { frame, models, query, who } = request
    const { found, incident, kind } = filtered(request)
    const sheet = sheetOf(found, query, A_PAGE)
    const view = timelineView({
      frame,
      who,
      entries: sheet.items.map((entry) => ({ ...entry, words: inWords(models, entry) })),
      sheet,
      incident,
      kind,
      incidents: incidentChoices(request),
    })
    return { html: views.render('timeline.njk', view) }
  },
})

export function incidentChoices({ models, organisation }: PageRequest) {
  return [...models.of(incidents, organisation).values()].map((one) => ({ id: one.id, title: titleOf(one) }))
}

/** The latest to happen first; instants of the journal sort as text. */
function filtered({ models, organisation, query }: PageRequest) {
  const incident = query.get('incident') ?? ''
  const kind = query.get('kind') ?? ''
  const types: readonly string[] | undefined = KINDS.find((one) => one.kind === kind)?.types
  const fits = (entry: IncidentEntry) =>
    (incident === '' || entry.data.incident === incident) && (types === undefined || types.includes(entry.type))
  const found = models
    .of(log, organisation)
    .filter(fits)
    .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : b.number - a.number))
  return { found, incident, kind }
}

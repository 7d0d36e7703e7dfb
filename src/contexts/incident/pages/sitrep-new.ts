import type { PageRequest } from '#command'
import { formPages, given, toLocal } from '#command/forms'
import { levelAt, nodeName } from '#contexts/estate'
import { COMMANDERS } from '../commands/roles-allowed.ts'
import { boardOf, nodesOf, serviceCounts } from '../projections/board.ts'
import type { IncidentRecord } from '../projections/incidents.ts'
import { log } from '../projections/log.ts'
import { decisionOf } from '../queries/history.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'
import { draftSitrep } from './sitrep-draft.ts'

export const sitrepFormPages = formPages({
  path: '/incidents/:incident/sitreps/new',
  roles: COMMANDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: `Situation report ${incident.sitreps.length + 1}`,
    caption: titleOf(incident),
    intro: [
      'It is filled in from what has been recorded. Correct it, then issue it. What is issued cannot be changed.',
    ],
    back: incidentPath(frame, incident.id),
    button: 'Issue the report',
  }),
  asks: () => [
    { kind: 'words', name: 'known', label: 'What do we know?', needed: 'Enter what is known', rows: 9 },
    {
      kind: 'words',
      name: 'notKnown',
      label: 'What do we not know yet?',
      needed: 'Enter what is not known yet. If nothing, say so',
      rows: 5,
    },
    { kind: 'words', name: 'doing', label: 'What are we doing?', needed: 'Enter what is being done', rows: 5 },
    { kind: 'words', name: 'advice', label: 'What should readers do?', rows: 3 },
    { kind: 'time', name: 'nextUpdateAt', label: 'When do they hear more?', hint: 'London time' },
  ],
  first(incident, request) {
    const { known, notKnown, doing, nextUpdateAt } = draftSitrep(draftFacts(incident, request))
    return { known: [known], notKnown: [notKnown], doing: [doing], nextUpdateAt: [toLocal(nextUpdateAt)] }
  },
  command: (said, { id }) => ({
    name: 'incident.issue-sitrep',
    input: given({
      incident: id,
      known: said('known'),
      notKnown: said('notKnown'),
      doing: said('doing'),
      advice: said('advice'),
      nextUpdateAt: said('nextUpdateAt'),
    }),
  }),
  next: (incident, { frame }) => `${incidentPath(frame, incident.id)}/sitreps/${incident.sitreps.length}`,
})

function draftFacts(incident: IncidentRecord, { models, organisation, now }: PageRequest) {
  const board = boardOf(models, organisation, now)
  const { graph, evaluation } = board
  const services = nodesOf(graph, organisation).filter((node) => graph.isService[node] === 1)
  const at = (level: string) =>
    services
      .filter((node) => levelAt(evaluation, node, now) === level)
      .map((node) => nodeName(models, graph.ids[node]!))
  const since = incident.sitreps.at(-1)?.number ?? 0
  const decided = models
    .of(log, organisation)
    .filter(({ number, data }) => number > since && data.incident === incident.id)
    .flatMap((entry) => decisionOf(models, entry))
  return {
    incident,
    now,
    counts: serviceCounts(models, organisation, now, board),
    stopped: at('stopped'),
    limited: at('degraded'),
    isolated: [...incident.isolated].map((id) => nodeName(models, id)),
    decided: decided.flatMap(
      ({ title, chosen }) => [title, chosen].filter((words) => words !== undefined).join(': ') || [],
    ),
  }
}

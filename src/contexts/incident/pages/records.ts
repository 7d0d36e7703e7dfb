import { formPages, given, toLocal } from '#command/forms'
import { isRefusal } from '#kernel'
import { COMMANDERS, RESPONDERS } from '../commands/roles-allowed.ts'
import { refuse } from '../core/refusals.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'

const HOURS = 3_600_000

const assumePages = formPages({
  path: '/incidents/:incident/assumptions/new',
  roles: RESPONDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Record an assumption',
    caption: titleOf(incident),
    intro: ['Say what you take to be true without knowing it, and when to look at it again.'],
    back: incidentPath(frame, incident.id),
    button: 'Record the assumption',
  }),
  asks: () => [
    {
      kind: 'words',
      name: 'assumption',
      label: 'What do you assume?',
      hint: 'For example, “Backups from before Sunday are clean”',
      needed: 'Enter what you assume',
    },
    {
      kind: 'time',
      name: 'reviewAt',
      label: 'When will you look at it again?',
      hint: 'London time',
      needed: 'Enter when you will look at it again',
    },
  ],
  first: (_incident, { now }) => ({ reviewAt: [toLocal(now + 4 * HOURS)] }),
  command: (said, { id }) => ({
    name: 'incident.record-assumption',
    input: { incident: id, assumption: said('assumption'), reviewAt: said('reviewAt') },
  }),
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})

const reviewPages = formPages({
  path: '/incidents/:incident/assumptions/:assumption',
  roles: RESPONDERS,
  facts(request) {
    const incident = incidentOf(request)
    if (isRefusal(incident)) return incident
    const assumption = incident.assumptions[Number(request.params.assumption) - 1]
    return assumption
      ? { incident, assumption }
      : refuse('unknown-assumption', `This incident has ${incident.assumptions.length}, numbered from 1.`)
  },
  words: ({ incident, assumption }, { frame }) => ({
    title: `Does assumption ${assumption.assumption} still hold?`,
    caption: titleOf(incident),
    intro: [assumption.text ?? '(Its words have been erased.)'],
    back: incidentPath(frame, incident.id),
    button: 'Save',
  }),
  asks: () => [
    {
      kind: 'choice',
      name: 'holds',
      label: 'Does it still hold?',
      needed: 'Say whether it still holds',
      choices: [
        { value: 'yes', text: 'Yes, as far as we know' },
        { value: 'no', text: 'No' },
      ],
    },
    { kind: 'words', name: 'note', label: 'How do you know?', needed: 'Enter how you know', rows: 3 },
    { kind: 'time', name: 'reviewAt', label: 'When will you look at it again?', hint: 'If it still holds' },
  ],
  command: (said, { incident, assumption }) => ({
    name: 'incident.review-assumption',
    input: given({
      incident: incident.id,
      assumption: assumption.assumption,
      holds: said('holds') === 'yes',
      note: said('note'),
      reviewAt: said('reviewAt'),
    }),
  }),
  next: ({ incident }, { frame }) => incidentPath(frame, incident.id),
})

const decidePages = formPages({
  path: '/incidents/:incident/decisions/new',
  roles: COMMANDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Record a decision',
    caption: titleOf(incident),
    intro: ['Isolating and restoring record their own decisions. Use this for any other.'],
    back: incidentPath(frame, incident.id),
    button: 'Record the decision',
  }),
  asks: () => [
    { kind: 'line', name: 'title', label: 'What was to be decided?', needed: 'Enter what was to be decided' },
    { kind: 'words', name: 'decision', label: 'What did you decide?', needed: 'Enter what you decided', rows: 3 },
    { kind: 'words', name: 'rationale', label: 'Why?', needed: 'Enter why', rows: 3 },
    {
      kind: 'words',
      name: 'options',
      label: 'What else could you have done?',
      hint: 'One a line. Write what would have followed after a colon.',
      rows: 3,
    },
    { kind: 'line', name: 'authority', label: 'On whose authority?' },
  ],
  command(said, { id }) {
    const options = said('options')
      ?.split('\n')
      .map((line) => line.split(/:(.*)/s))
      .flatMap(([title, consequence]) =>
        title?.trim() ? [given({ title: title.trim(), consequence: consequence?.trim() || undefined })] : [],
      )
    return {
      name: 'incident.record-decision',
      input: given({
        incident: id,
        title: said('title'),
        decision: said('decision'),
        rationale: said('rationale'),
        options,
        authority: said('authority'),
      }),
    }
  },
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})

export const recordPages = [...assumePages, ...reviewPages, ...decidePages]

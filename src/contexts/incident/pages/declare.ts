import { formPages, given } from '#command/forms'
import { RESPONDERS } from '../commands/roles-allowed.ts'
import { METHANE_ASKS, methaneOf } from './methane.ts'
import { home } from './place.ts'

export const declarePages = formPages({
  path: '/declare',
  roles: RESPONDERS,
  facts: () => ({}),
  words: (_facts, { frame }) => ({
    title: 'Declare an incident',
    intro: ['Two answers are enough to begin. Everything else can be added later.'],
    back: `${home(frame)}/`,
    button: 'Declare the incident',
  }),
  asks: () => [
    {
      kind: 'line',
      name: 'title',
      label: 'What is happening, in one line?',
      hint: 'For example, “Unusual activity in shared IT”',
      needed: 'Enter what is happening, in one line',
    },
    {
      kind: 'words',
      name: 'summary',
      label: 'What do you know so far?',
      hint: 'What you saw, where, and what has been done. Names of people are not needed.',
      needed: 'Enter what you know so far. One sentence will do',
    },
    {
      kind: 'time',
      name: 'occurredAt',
      label: 'When did it begin?',
      hint: 'London time. Leave it empty if you do not know.',
    },
    { kind: 'time', name: 'reportedAt', label: 'When were you told?', hint: 'Leave it empty if that is now.' },
    ...METHANE_ASKS,
  ],
  command: (said) => ({
    name: 'incident.declare',
    input: given({
      title: said('title'),
      summary: said('summary'),
      occurredAt: said('occurredAt'),
      reportedAt: said('reportedAt'),
      methane: methaneOf(said),
    }),
  }),
  next: (_facts, { frame }, done) => `${home(frame)}/incidents/${done.incident}`,
})

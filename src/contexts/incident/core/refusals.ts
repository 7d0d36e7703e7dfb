import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-incident': { kind: 'not-found', title: 'There is no such incident' },
  'incident-stood-down': { kind: 'state', title: 'This incident has been stood down' },
  'unknown-component': { kind: 'not-found', title: 'There is no such component' },
  'not-our-component': { kind: 'forbidden', title: 'This component belongs to another organisation' },
  'time-in-the-future': { kind: 'input', title: 'This has not happened yet' },
  'times-out-of-order': { kind: 'input', title: 'These times contradict each other' },
  'role-held': { kind: 'state', title: 'Somebody else holds this role' },
  'role-not-held': { kind: 'state', title: 'Nobody holds this role' },
  'cell-needed': { kind: 'input', title: 'A cell lead leads a named cell' },
  'not-isolated': { kind: 'state', title: 'Nothing here to restore' },
  'unknown-assumption': { kind: 'not-found', title: 'There is no such assumption' },
  'unknown-sitrep': { kind: 'not-found', title: 'There is no such situation report' },
  'unknown-entry': { kind: 'not-found', title: 'There is no such journal entry' },
})

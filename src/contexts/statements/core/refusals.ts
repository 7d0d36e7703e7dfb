import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-statement': { kind: 'not-found', title: 'There is no such statement' },
  'unknown-incident': { kind: 'not-found', title: 'There is no such incident' },
  'unknown-service': { kind: 'not-found', title: 'There is no such service' },
  'unknown-route': { kind: 'not-found', title: 'There is no such way to reach us' },
  'minutes-unfit': { kind: 'input', title: 'This is not a number of minutes' },
  'unknown-line': { kind: 'not-found', title: 'There is no such line' },
  'unknown-enquiry': { kind: 'not-found', title: 'There is no such enquiry' },
  'nothing-drafted': { kind: 'state', title: 'There is no draft here' },
  'nothing-published': { kind: 'state', title: 'Nothing has been published here' },
  'published-already': { kind: 'state', title: 'This has been published' },
  'words-erased': { kind: 'state', title: 'The words of this draft have been erased' },
  'second-person-needed': { kind: 'forbidden', title: 'A second person publishes' },
  'facts-changed': { kind: 'state', title: 'Some of this no longer holds' },
  'not-overridden': { kind: 'state', title: 'This status is not set by hand' },
  'time-in-the-future': { kind: 'input', title: 'This has not happened yet' },
  'time-in-the-past': { kind: 'input', title: 'This time has passed' },
  'too-many': { kind: 'state', title: 'There is no room for more' },
})

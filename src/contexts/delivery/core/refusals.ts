import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-batch': { kind: 'not-found', title: 'There are no messages of this name' },
  'batch-stopped': { kind: 'state', title: 'These messages are stopped' },
  'nothing-to-retry': { kind: 'state', title: 'There is nothing to try again' },
})

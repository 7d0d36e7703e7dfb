import { refusals } from '#kernel'

export const refuse = refusals({
  'organisation-is-live': { kind: 'state', title: 'This organisation is live' },
  'other-exercise': { kind: 'state', title: 'This organisation belongs to another exercise' },
  'clock-goes-back': { kind: 'state', title: 'An exercise clock never goes back' },
  'already-played': { kind: 'state', title: 'This exercise has been played already' },
  'being-played': { kind: 'conflict', title: 'This exercise is being played' },
  'ends-before-it-starts': { kind: 'input', title: 'The exercise would end before it starts' },
  'speed-out-of-range': { kind: 'input', title: 'The clock cannot run at this speed' },
  'name-unfit': { kind: 'input', title: 'An organisation cannot have this name' },
  'not-an-exercise': { kind: 'not-found', title: 'This organisation is not an exercise' },
})

import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-token': { kind: 'not-found', title: 'There is no such token' },
  'expiry-in-the-past': { kind: 'input', title: 'This token would never be valid' },
  'secret-in-use': { kind: 'state', title: 'This secret already belongs to a token' },
})

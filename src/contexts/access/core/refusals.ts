import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-token': { kind: 'not-found', title: 'There is no such token' },
  'expiry-in-the-past': { kind: 'input', title: 'This would never be valid' },
  'secret-in-use': { kind: 'state', title: 'This secret already belongs to a token' },
  'unknown-person': { kind: 'not-found', title: 'There is no such person here' },
  'last-admin': { kind: 'state', title: 'This would leave the organisation without an admin' },
  'link-not-valid': { kind: 'state', title: 'This link cannot be used' },
  'passkey-in-use': { kind: 'state', title: 'This passkey is registered already' },
  'last-way-in': { kind: 'state', title: 'This is your only way to sign in' },
  'code-not-valid': { kind: 'state', title: 'This code cannot be used' },
  'people-only': { kind: 'forbidden', title: 'Only a person who is signed in can do this' },
  'form-not-filled': { kind: 'input', title: 'There is a problem' },
  'other-world': { kind: 'state', title: 'Live and exercise never mix' },
  'unknown-break-glass': { kind: 'not-found', title: 'There is no such emergency access' },
  'own-break-glass': { kind: 'state', title: 'This is your own emergency access' },
  'role-held-already': { kind: 'state', title: 'You hold this role already' },
})

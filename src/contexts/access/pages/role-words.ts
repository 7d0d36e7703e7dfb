import type { Role } from '#kernel'

/** A role as people read it, and what it is for. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly text: string; readonly hint: string }>> = {
  viewer: { text: 'Viewer', hint: 'Sees everything, changes nothing' },
  responder: { text: 'Responder', hint: 'Records what is happening' },
  strategic: { text: 'Strategic', hint: 'Gold: sets the aim' },
  tactical: { text: 'Tactical', hint: 'Silver: declares, isolates, decides' },
  operational: { text: 'Operational', hint: 'Bronze: carries it out' },
  communications: { text: 'Communications', hint: 'Speaks to staff and the public' },
  'data-protection': { text: 'Data protection', hint: 'Looks after personal data that is at risk' },
  'contact-centre': { text: 'Contact centre', hint: 'Answers residents' },
  admin: { text: 'Admin', hint: 'Looks after people and roles' },
}

import { refusals } from '#kernel'

export const refuse = refusals({
  'slug-mismatch': { kind: 'input', title: 'The address and the input name different organisations' },
  'bad-slug': { kind: 'input', title: "This cannot be an organisation's short name" },
  'exercise-called-live': { kind: 'input', title: 'An exercise cannot have this name' },
  'organisation-exists': { kind: 'state', title: 'This organisation is here already' },
  'not-a-language': { kind: 'input', title: 'The public cannot be spoken to in this' },
  'estate-file-wrong': { kind: 'input', title: 'The estate file has mistakes' },
  'estate-not-empty': { kind: 'state', title: 'This organisation has an estate already' },
  'unknown-service': { kind: 'not-found', title: 'There is no such service' },
  'unknown-node': { kind: 'not-found', title: 'There is no such component or service' },
  'definition-wrong': { kind: 'input', title: 'This cannot be recorded as it is' },
  'node-exists': { kind: 'state', title: 'There is one with this id already' },
  'still-needed': { kind: 'state', title: 'Others still need it' },
})

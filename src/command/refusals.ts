import { refusals } from '#kernel'

/** Refusals that any command can meet before its own rules are asked. */
export const refuse = refusals({
  'unknown-command': { kind: 'not-found', title: 'There is no such command' },
  'unknown-query': { kind: 'not-found', title: 'There is nothing to read here' },
  'unknown-organisation': { kind: 'not-found', title: 'There is no such organisation' },
  'role-needed': { kind: 'forbidden', title: 'Your role does not allow this' },
  'command-id-reused': { kind: 'conflict', title: 'This command id belongs to another command' },
  'command-id-malformed': { kind: 'input', title: 'The command id cannot be used' },
  'too-busy': { kind: 'conflict', title: 'Others are changing the same thing' },
})

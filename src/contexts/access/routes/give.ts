import type { Outcome } from '#command'
import type { FoundPerson } from '../projections/people.ts'
import type { Desk } from './desk.ts'

/** Gives a command about a person's own ways to sign in, in their name and at their home, after their proof. */
export function giveOwn(
  { execute }: Desk,
  { person, home }: FoundPerson,
  command: string,
  input: object,
): Promise<Outcome> {
  const caller = { actor: { kind: 'person', id: person.id }, roles: ['admin'] } as const
  return execute({ organisation: home, command, input: { person: person.id, ...input }, caller })
}

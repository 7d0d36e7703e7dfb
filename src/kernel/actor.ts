/** What a person, token or scenario may do at one organisation. */
export const ROLES = [
  'viewer',
  'responder',
  'strategic',
  'tactical',
  'operational',
  'communications',
  'data-protection',
  'contact-centre',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

/** Who acted, without a name: names are personal data and live where they can be erased. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'operator' }
  /** `by`: which of the invented people of the exercise, where it matters. */
  | { readonly kind: 'exercise'; readonly id: string; readonly by?: string }
  | { readonly kind: 'system'; readonly name: string }

/** An actor with the roles it holds at the organisation it is calling on. `operator` (the machine's owner) may do all. */
export interface Caller {
  readonly actor: Actor
  readonly roles: readonly Role[]
}

export const operator: Caller = { actor: { kind: 'operator' }, roles: [] }

export function mayAct(caller: Caller, allowed: readonly Role[]): boolean {
  return caller.actor.kind === 'operator' || caller.roles.some((role) => allowed.includes(role))
}

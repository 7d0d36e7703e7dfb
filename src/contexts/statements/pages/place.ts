import type { Frame, PageRequest } from '#command'
import type { Role } from '#kernel'
import { sayTime } from '#platform/words'
import { SPEAKERS } from '../commands/allowed.ts'
import type { Audience } from '../core/events.ts'

export const home = ({ organisation }: Frame) => `/console/${organisation.slug}`
export const statementsPath = (frame: Frame) => `${home(frame)}/statements`
export const statementPath = (frame: Frame, statement: number) => `${statementsPath(frame)}/${statement}`

export const AUDIENCE_WORDS: Record<Audience, string> = {
  residents: 'Residents',
  staff: 'Staff',
  partners: 'Partners',
  members: 'Elected members',
  press: 'Press',
}

export const sayAt = (time: string) => sayTime(Date.parse(time))

/** Whether the reader may change anything in this room. */
export function speaks({ reader }: PageRequest, roles: readonly Role[] = SPEAKERS): boolean {
  return reader.caller.actor.kind === 'operator' || reader.caller.roles.some((role) => roles.includes(role))
}

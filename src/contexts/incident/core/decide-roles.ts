import { type IncidentDecision, notOpen } from './decide.ts'
import type { CommandRole } from './events.ts'
import { refuse } from './refusals.ts'
import { type IncidentState, roleKey } from './state.ts'

interface RoleOf {
  readonly incident: string
  readonly role: CommandRole
  readonly cell?: string
}

function cellOf({ role, cell }: RoleOf): string | null {
  return role === 'cell-lead' ? (cell ?? null) : null
}

function wrongCell(input: RoleOf) {
  return input.role === 'cell-lead' && !input.cell
    ? refuse('cell-needed', 'Name the cell, such as communications, recovery or data.', [
        { pointer: '/cell', detail: 'is missing' },
      ])
    : null
}

export function takeRole(state: IncidentState, input: RoleOf & { holder: string }): IncidentDecision {
  const refused = notOpen(state, input.incident) ?? wrongCell(input)
  if (refused) return refused
  const cell = cellOf(input)
  const key = roleKey(input.role, cell)
  if (state.roles.has(key)) {
    if (state.roles.get(key) === input.holder) return []
    return refuse('role-held', 'Hand it over instead, so that the log shows who held it until when.')
  }
  const { incident, role, holder } = input
  return [{ type: 'incident.role-taken', v: 1, data: { incident, role, cell, holder } }]
}

export function handOverRole(state: IncidentState, input: RoleOf & { to: string }): IncidentDecision {
  const refused = notOpen(state, input.incident) ?? wrongCell(input)
  if (refused) return refused
  const cell = cellOf(input)
  const key = roleKey(input.role, cell)
  if (!state.roles.has(key)) return refuse('role-not-held', 'There is nobody to take over from: take the role instead.')
  const from = state.roles.get(key)
  if (from === input.to) return []
  const { incident, role, to } = input
  return [{ type: 'incident.role-handed-over', v: 1, data: { incident, role, cell, from, to } }]
}

import type { AnyModel, Models } from '#journal'
import type { Entry, EventDeclaration, RefusalCatalogue } from '#kernel'
import type { Command, Query } from './declare.ts'
import type { Page } from './page.ts'

/** Other rooms' events, heard after commit, each entry once in a process. Slow work belongs in a job, not here. */
export type Reaction = (entries: readonly Entry[], models: Models) => void

/** What a room brings to the house; only main reads it. */
export interface Room {
  readonly name: string
  readonly events: readonly EventDeclaration[]
  readonly models: readonly AnyModel[]
  readonly commands: readonly Command[]
  readonly queries: readonly Query[]
  /** Commands that only the room's own routes give, after a proof that no input can carry: no transport offers them. */
  readonly inner?: readonly Command[]
  /** All that it can refuse with, as `/problems/<code>` explains it. */
  readonly refusals?: RefusalCatalogue
  /** Pages of the console. */
  readonly pages?: readonly Page[]
  /** Numbered SQL of the room's own schema. */
  readonly migrations?: URL
}

export function room(declared: Room): Room {
  for (const { name } of [...declared.commands, ...(declared.inner ?? [])])
    if (!name.startsWith(`${declared.name}.`))
      throw new Error(`command ${name} does not belong to the room ${declared.name}`)
  for (const { type } of declared.events)
    if (!type.startsWith(`${declared.name}.`))
      throw new Error(`event ${type} does not belong to the room ${declared.name}`)
  return declared
}

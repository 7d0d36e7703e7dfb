import { commandRefusals } from '#command'
import type { RefusalCatalogue } from '#kernel'
import { refuse as noEvidence } from './evidence-query.ts'
import { refuse as noExercise } from './exercise-desk.ts'
import { refuse as notYet } from './late.ts'
import { rooms } from './rooms.ts'

/** All that the house can refuse with, from the lists of those who refuse. */
export const problems: RefusalCatalogue = Object.assign(
  {},
  commandRefusals,
  notYet.catalogue,
  noEvidence.catalogue,
  noExercise.catalogue,
  ...rooms.map((room) => room.refusals ?? {}),
)

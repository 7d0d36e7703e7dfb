import type { RefusalCatalogue } from '#kernel'
import { refuse as malformed } from './check.ts'
import { refuse } from './refusals.ts'

/** What any command or query can be refused with, before a room is asked. */
export const commandRefusals: RefusalCatalogue = { ...refuse.catalogue, ...malformed.catalogue }

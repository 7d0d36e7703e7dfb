import type { Command, Query, Room } from '#command'
import { deliveriesQuery, deliveryCommands, type OutboxDesk } from '#contexts/delivery'
import type { Journal } from '#journal'
import { access } from '../contexts/access/room.ts'
import { delivery } from '../contexts/delivery/room.ts'
import { estate } from '../contexts/estate/room.ts'
import { exercise } from '../contexts/exercise/room.ts'
import { incident } from '../contexts/incident/room.ts'
import { publicSite } from '../contexts/public-site/room.ts'
import { statements } from '../contexts/statements/room.ts'
import { evidenceQuery } from './evidence-query.ts'
import { journalQuery } from './journal-query.ts'

/** The rooms of the house, each by its own declaration. */
export const rooms: readonly Room[] = [access, delivery, estate, incident, exercise, publicSite, statements]

const closed = (): never => {
  throw new Error('These declarations are for describing, not for reading: no database is open behind them.')
}

/** All that can be commanded and read, as every transport serves it. */
export function declared(
  journal: () => Journal = closed,
  outbox: () => OutboxDesk = closed,
): {
  readonly commands: readonly Command[]
  readonly queries: readonly Query[]
} {
  return {
    commands: [...rooms.flatMap((room) => room.commands), ...deliveryCommands(outbox)],
    queries: [...rooms.flatMap((room) => room.queries), deliveriesQuery(outbox), journalQuery, evidenceQuery(journal)],
  }
}

import { coreFiles } from './core-files.ts'
import type { Names } from './names.ts'

/** Every file of a new room by its path in the room. It opens and closes records: replace them by what the room decides. */
export function filesOf(names: Names): Record<string, string> {
  const { room, value, type, constant } = names
  return {
    'README.md': `# ${room}

Decides … (one paragraph: what this room decides, from which facts). It never … (what belongs to somebody else).
`,
    ...coreFiles(names),
    'commands.ts': `import Type from 'typebox'
import { command, fields, Id, Line, Words } from '#command'
import { isRefusal, type Role } from '#kernel'
import { close, open } from './core/decide.ts'
import { ${value}Decider } from './core/state.ts'

const STREAM = '${room}'
const ALLOWED: readonly Role[] = ['strategic', 'tactical', 'operational', 'admin']

const openRecord = command({
  name: '${room}.open',
  summary: 'Open a record',
  input: fields({ title: Line }),
  roles: ALLOWED,
  answers: Type.Object({ record: Id }),
  stream: () => STREAM,
  decider: ${value}Decider,
  decide(state, { input, id }) {
    const decided = open(state, input, id)
    return isRefusal(decided) ? decided : { events: decided, answer: { record: id } }
  },
})

const closeRecord = command({
  name: '${room}.close',
  summary: 'Close a record',
  input: fields({ record: Id, reason: Words }),
  roles: ALLOWED,
  stream: () => STREAM,
  decider: ${value}Decider,
  decide: (state, { input }) => close(state, input),
})

export const commands = [openRecord, closeRecord]
`,
    'projections/open-records.ts': `import type { Model } from '#journal'
import type { Entry, Event, Instant } from '#kernel'
import { ${constant}_EVENTS, type ${type}Event } from '../core/events.ts'

interface OpenRecord {
  readonly record: string
  /** Null where it was erased. */
  readonly title: string | null
  readonly openedAt: Instant
}

/** What is open, by its id? */
export const openRecords: Model<Map<string, OpenRecord>> = {
  name: '${room}.open-records',
  types: ${constant}_EVENTS.map((declared) => declared.type),
  initial: () => new Map(),
  apply(state, heard) {
    const entry = heard as Entry<Event & ${type}Event> & ${type}Event
    if (entry.type === '${room}.opened') {
      const { record, title = null } = entry.data
      state.set(record, { record, title, openedAt: entry.occurredAt })
    } else state.delete(entry.data.record)
  },
}
`,
    'queries.ts': `import Type from 'typebox'
import { fields, query } from '#command'
import { ROLES } from '#kernel'
import { openRecords } from './projections/open-records.ts'

export const ${value}Query = query({
  name: '${room}',
  summary: 'What is open',
  input: fields({}),
  roles: ROLES,
  answers: Type.Object({ open: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation }) => ({ open: [...models.of(openRecords, organisation).values()] }),
})
`,
    'room.ts': `import { room } from '#command'
import { commands } from './commands.ts'
import { ${constant}_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { openRecords } from './projections/open-records.ts'
import { ${value}Query } from './queries.ts'

export const ${value} = room({
  name: '${room}',
  events: ${constant}_EVENTS,
  refusals: refuse.catalogue,
  models: [openRecords],
  commands,
  queries: [${value}Query],
})
`,
    'index.ts': `export type { ${type}Event } from './core/events.ts'
`,
  }
}

import type { Names } from './names.ts'

/** The pure core of a new room, with tests that say what it promises. */
export function coreFiles({ room, value, type, constant }: Names): Record<string, string> {
  return {
    'core/events.ts': `import type { EventDeclaration, EventsOf } from '#kernel'

interface Shapes {
  '${room}.opened': { record: string; title: string | undefined }
  '${room}.closed': { record: string; reason: string | undefined }
}

export type ${type}Event = EventsOf<Shapes>

/** Words that people typed are sealed: nobody can promise that they hold no name. */
export const ${constant}_EVENTS: readonly EventDeclaration[] = [
  { type: '${room}.opened', v: 1, sealed: ['title'] },
  { type: '${room}.closed', v: 1, sealed: ['reason'] },
]
`,
    'core/state.ts': `import type { Decider } from '#kernel'
import type { ${type}Event } from './events.ts'

/** What deciding needs to know: how each record stands. */
export type ${type}State = ReadonlyMap<string, 'open' | 'closed'>

export const ${value}Decider: Decider<${type}State, ${type}Event> = {
  initial: () => new Map(),
  evolve(state, event) {
    switch (event.type) {
      case '${room}.opened':
        return new Map(state).set(event.data.record, 'open')
      case '${room}.closed':
        return new Map(state).set(event.data.record, 'closed')
      default:
        return state
    }
  },
}
`,
    'core/refusals.ts': `import { refusals } from '#kernel'

export const refuse = refusals({
  'unknown-${room}-record': { kind: 'not-found', title: 'There is no such record' },
  'too-many-${room}-records': { kind: 'state', title: 'Too much is open' },
})
`,
    'core/decide.ts': `import type { Decision } from '#kernel'
import type { ${type}Event } from './events.ts'
import { refuse } from './refusals.ts'
import type { ${type}State } from './state.ts'

const MOST_OPEN = 1000

export function open(state: ${type}State, input: { title: string }, id: string): Decision<${type}Event> {
  const standing = [...state.values()].filter((one) => one === 'open').length
  if (standing >= MOST_OPEN)
    return refuse('too-many-${room}-records', \`\${MOST_OPEN} are open. Close what is done, then open this one.\`)
  return [{ type: '${room}.opened', v: 1, data: { record: id, title: input.title } }]
}

export function close(state: ${type}State, input: { record: string; reason: string }): Decision<${type}Event> {
  const standing = state.get(input.record)
  if (!standing)
    return refuse('unknown-${room}-record', \`\${input.record} is not a record here. The query "${room}" lists them.\`)
  return standing === 'closed' ? [] : [{ type: '${room}.closed', v: 1, data: input }]
}
`,
    'core/decide.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#kernel'
import type { ${type}Event } from '../index.ts'
import { close, open } from './decide.ts'
import { ${value}Decider } from './state.ts'

const opened = (record: string): ${type}Event => ({
  type: '${room}.opened',
  v: 1,
  data: { record, title: 'Invented' },
})
const closed = (record: string): ${type}Event => ({ type: '${room}.closed', v: 1, data: { record, reason: 'Done' } })
const given = (...events: ${type}Event[]) => events.reduce(${value}Decider.evolve, ${value}Decider.initial())

test('given nothing, when a record is opened, then it is open under its id', () => {
  assert.deepEqual(open(given(), { title: 'Invented' }, 'r1'), [opened('r1')])
})

test('given an open record, when it is closed, then it is closed; closed again, it is already so', () => {
  assert.deepEqual(close(given(opened('r1')), { record: 'r1', reason: 'Done' }), [closed('r1')])
  assert.deepEqual(close(given(opened('r1'), closed('r1')), { record: 'r1', reason: 'Again' }), [])
})

test('given other records, when an unknown one is closed, then it is refused', () => {
  const decided = close(given(opened('r1')), { record: 'r2', reason: 'Done' })
  assert.ok(isRefusal(decided) && decided.refused === 'unknown-${room}-record')
})

test('given a thousand open records, when one more is opened, then it is refused until one is closed', () => {
  const thousand = Array.from({ length: 1000 }, (_, number) => opened(\`r\${number}\`))
  const decided = open(given(...thousand), { title: 'Invented' }, 'more')
  assert.ok(isRefusal(decided) && decided.refused === 'too-many-${room}-records')
  assert.deepEqual(open(given(...thousand, closed('r7')), { title: 'Invented' }, 'more'), [opened('more')])
})
`,
  }
}

export { commandRefusals } from './catalogue.ts'
export { check } from './check.ts'
export { type Answered, type Command, type Context, command, type Given, type Query, query } from './declare.ts'
export {
  createExecute,
  createRead,
  type Done,
  type Execute,
  type Instruction,
  type Outcome,
  type Read,
} from './execute.ts'
export { type Fields, type Frame, type Page, type PageAnswer, type PageRequest, page, type Reader } from './page.ts'
export { escapePointer } from './pointer.ts'
export { type Reaction, type Room, room } from './room.ts'
export { DurationText, fields, Id, InstantText, Line, oneOf, Words } from './schema.ts'
export { createStreamStates } from './stream-states.ts'
export { createSayWho, type SayWho } from './who.ts'

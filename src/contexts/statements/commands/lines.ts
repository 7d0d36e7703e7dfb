import { command, fields, oneOf, Words } from '#command'
import { removeLine, setLine } from '../core/decide-words.ts'
import { deskDecider } from '../core/desk-state.ts'
import { LINE_PARTS } from '../core/events.ts'
import { SPEAKERS } from './allowed.ts'
import { Audiences, Slug } from './inputs.ts'

const stream = () => 'standing-lines'

export const setAStandingLine = command({
  name: 'statements.set-line',
  summary: 'Set a standing line: what every statement says until it is removed',
  description: 'For what no record says. Set again under the same name it is replaced.',
  input: fields({ line: Slug, part: oneOf(LINE_PARTS), audiences: Audiences, text: Words }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  decide: (state, { input }) => setLine(state, input),
})

export const removeAStandingLine = command({
  name: 'statements.remove-line',
  summary: 'Remove a standing line',
  input: fields({ line: Slug }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  decide: (state, { input }) => removeLine(state, input),
})

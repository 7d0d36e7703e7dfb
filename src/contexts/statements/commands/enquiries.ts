import Type from 'typebox'
import { command, fields, Id, Line, Words } from '#command'
import { answerEnquiry, receiveEnquiry } from '../core/decide-words.ts'
import { deskDecider } from '../core/desk-state.ts'
import { SPEAKERS } from './allowed.ts'

const stream = () => 'enquiries'

/** Inner: the public press page gives it as the actor `system`, and nobody else can. */
export const receiveAnEnquiry = command({
  name: 'statements.receive-enquiry',
  summary: 'Take a question from the press',
  input: fields({
    outlet: Line,
    contact: Line,
    question: Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' }),
    deadline: Type.Optional(Line),
  }),
  roles: SPEAKERS,
  answers: Type.Object({ enquiry: Id }),
  stream,
  decider: deskDecider,
  decide(state, { input, id }) {
    const decided = receiveEnquiry(state, input, id)
    return 'refused' in decided ? decided : { events: decided, answer: { enquiry: id } }
  },
})

export const answerAnEnquiry = command({
  name: 'statements.answer-enquiry',
  summary: 'Record what the press was answered',
  input: fields({ enquiry: Id, answer: Words }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  decide: (state, { input }) => answerEnquiry(state, input),
})

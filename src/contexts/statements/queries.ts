import Type from 'typebox'
import { fields, query } from '#command'
import { ROLES } from '#kernel'
import { SPEAKERS } from './commands/allowed.ts'
import { contactRoutes } from './projections/contact.ts'
import { enquiries } from './projections/enquiries.ts'
import { standingLines } from './projections/lines.ts'
import { published } from './projections/published.ts'

export const statementsQuery = query({
  name: 'statements',
  summary: 'What has been said in public, to whom, in which versions',
  input: fields({}),
  roles: ROLES,
  answers: Type.Object({ published: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation }) => ({ published: models.of(published, organisation) }),
})

export const contactQuery = query({
  name: 'contact-routes',
  summary: 'How the organisation can be reached now',
  input: fields({}),
  roles: ROLES,
  answers: Type.Object({ routes: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation }) => ({ routes: [...models.of(contactRoutes, organisation).values()] }),
})

export const linesQuery = query({
  name: 'standing-lines',
  summary: 'What every statement says until it is removed',
  input: fields({}),
  roles: ROLES,
  answers: Type.Object({ lines: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation }) => ({ lines: [...models.of(standingLines, organisation).values()] }),
})

export const enquiriesQuery = query({
  name: 'press-enquiries',
  summary: 'What the press has asked, and what it was answered',
  input: fields({}),
  roles: SPEAKERS,
  answers: Type.Object({ enquiries: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation }) => ({ enquiries: [...models.of(enquiries, organisation).values()] }),
})

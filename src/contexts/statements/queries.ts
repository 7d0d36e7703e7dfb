import Type from 'typebox'
import { fields, query } from '#command'
import { ROLES } from '#kernel'
import { contactRoutes } from './projections/contact.ts'
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

import Type from 'typebox'
import { fields, Id, query } from '#command'
import { ROLES } from '#kernel'
import { SPEAKERS } from './commands/allowed.ts'
import { draft } from './core/draft.ts'
import { brokenOf } from './core/fact-keys.ts'
import { sayBroken } from './core/say-broken.ts'
import { contactRoutes } from './projections/contact.ts'
import { drafts, onlyOpenIncident, todayFor } from './projections/drafts.ts'
import { enquiries } from './projections/enquiries.ts'
import { standingLines } from './projections/lines.ts'
import { liveFacts } from './projections/live-facts.ts'
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

export const draftsQuery = query({
  name: 'statement-drafts',
  summary: 'What waits to be published, the facts that it stands on, and what of them no longer holds',
  description: '`digest` is what `statements.publish` takes as `seen` from whoever has looked at the differences.',
  input: fields({}),
  roles: ROLES,
  answers: Type.Object({ statements: Type.Array(Type.Object({})) }),
  read: (_input, { models, organisation, now }) => ({
    statements: [...models.of(drafts, organisation).statements.values()].map(({ statement, incident, voices }) => {
      const today = todayFor(models, organisation, now, incident)
      return {
        statement,
        incident,
        digest: today.digest,
        audiences: [...voices].map(([audience, { draft, versions, withdrawn }]) => ({
          audience,
          versions,
          withdrawn,
          draft: draft && {
            wording: draft.wording ?? null,
            whatChanged: draft.whatChanged ?? null,
            nextUpdateAt: draft.nextUpdateAt,
            facts: draft.facts,
            noLongerHolds: brokenOf(draft.facts, today.facts, now).map((one) => ({
              ...one,
              words: sayBroken(one, today.nameOf),
            })),
          },
        })),
      }
    }),
  }),
})

export const previewQuery = query({
  name: 'statement-preview',
  summary: 'What a statement drafted now would say, sentence by sentence, each with the facts that it stands on',
  input: fields({ incident: Type.Optional(Id) }),
  roles: ROLES,
  answers: Type.Object({ wordings: Type.Object({}), facts: Type.Array(Type.Object({})) }),
  read({ incident }, { models, organisation, now }) {
    const about = { incident: incident ?? onlyOpenIncident(models, organisation), promised: null }
    const { drafted, facts } = draft(liveFacts(models, organisation, now, about))
    return { wordings: drafted, facts }
  },
})

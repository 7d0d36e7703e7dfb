import Type from 'typebox'
import { command, fields, Id, InstantText, Line, oneOf, Words } from '#command'
import { isRefusal, ROLES } from '#kernel'
import {
  type Acquaintance,
  acknowledgeBreakGlass,
  addPerson,
  breakGlass,
  grantRole,
  withdrawRole,
} from '../core/decide-roles.ts'
import { peopleDecider } from '../core/people.ts'
import { findPerson, people } from '../projections/people.ts'
import { sameWorld } from '../projections/worlds.ts'

export const PEOPLE_STREAM = 'access/people'
const stream = () => PEOPLE_STREAM

export const addPersonCommand = command({
  name: 'access.add-person',
  summary: 'Add a person whose home is this organisation',
  description: 'The person can sign in once an enrolment link has been issued and used.',
  input: fields({
    name: Line,
    roles: Type.Optional(
      Type.Array(fields({ role: oneOf(ROLES), expiresAt: Type.Optional(InstantText) }), { maxItems: ROLES.length }),
    ),
  }),
  roles: ['admin'],
  answers: Type.Object({ person: Id }),
  stream,
  decider: peopleDecider,
  decide(_state, { input: { name, roles = [] }, id, now }) {
    const person = `p-${id}`
    const decided = addPerson({ name, roles }, person, now)
    return isRefusal(decided) ? decided : { events: decided, answer: { person } }
  },
})

export const grantRoleCommand = command({
  name: 'access.grant-role',
  summary: 'Let a person act in a role at this organisation, for good or until a time',
  description: 'The person may be at home in another organisation (mutual aid).',
  input: fields({ person: Id, role: oneOf(ROLES), expiresAt: Type.Optional(InstantText) }),
  roles: ['admin'],
  stream,
  decider: peopleDecider,
  facts({ person }, { models, organisation }): Acquaintance {
    const found = findPerson(models, person)
    if (!found) return 'unknown'
    return sameWorld(models, found.home, organisation) ? 'known' : 'of-another-world'
  },
  decide: (state, { input, facts, now }) => grantRole(state, input, facts, now),
})

export const withdrawRoleCommand = command({
  name: 'access.withdraw-role',
  summary: 'Take a role at this organisation from a person, at once',
  description: 'The last admin stays.',
  input: fields({ person: Id, role: oneOf(ROLES) }),
  roles: ['admin'],
  stream,
  decider: peopleDecider,
  decide: (state, { input, now }) => withdrawRole(state, input, now),
})

export const breakGlassCommand = command({
  name: 'access.break-glass',
  summary: 'Take command in an emergency, for some hours and with a reason that every admin sees',
  description: 'Gives the person who is signed in, with whatever role here, the role tactical.',
  input: fields({ reason: Words, hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })) }),
  roles: ROLES,
  stream,
  decider: peopleDecider,
  decide: (state, { input: { reason, hours = 4 }, actor, now }) => breakGlass(state, { reason, hours }, actor, now),
})

export const acknowledgeBreakGlassCommand = command({
  name: 'access.acknowledge-break-glass',
  summary: 'Say, as an admin, that one has seen who took command in an emergency',
  description: 'Until then every page of the console tells the admin of it.',
  input: fields({ entry: Type.Integer({ minimum: 1, description: 'journal number of the emergency access' }) }),
  roles: ['admin'],
  stream,
  decider: peopleDecider,
  facts: ({ entry }, { models, organisation }) =>
    models.of(people, organisation).breakGlass.find(({ number }) => number === entry) ?? null,
  decide: (_state, { input: { entry }, facts, actor }) => acknowledgeBreakGlass(entry, facts, actor),
})

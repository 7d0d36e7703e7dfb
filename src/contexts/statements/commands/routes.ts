import Type from 'typebox'
import { command, DurationText, fields, Id, InstantText, Line, oneOf, Words } from '#command'
import { checkRoute, removeRoute, setRoute } from '../core/decide-routes.ts'
import { deskDecider } from '../core/desk-state.ts'
import { ROUTE_KINDS, ROUTE_PURPOSES } from '../core/events.ts'
import { CHECKERS, SPEAKERS } from './allowed.ts'
import { Audiences, Slug } from './inputs.ts'
import { ownServices } from './own-service.ts'

const stream = () => 'contact-routes'

export const setAContactRoute = command({
  name: 'statements.set-route',
  summary: 'Set a way to reach the organisation',
  description: 'Set again under the same name it is replaced. It works, checked now, unless said otherwise.',
  input: fields({
    route: Slug,
    kind: oneOf(ROUTE_KINDS),
    purpose: oneOf(ROUTE_PURPOSES, 'emergency: danger now, beside 999'),
    audiences: Type.Optional(Audiences),
    services: Type.Optional(Type.Array(Id, { maxItems: 500, description: 'the services it is for; none: all' })),
    name: Line,
    address: Line,
    hours: Type.Optional(Line),
    note: Type.Optional(Words),
    works: Type.Optional(Type.Boolean()),
    checkedAt: Type.Optional(InstantText),
    waitingTime: Type.Optional(DurationText),
  }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  facts: (input, context) => ownServices(context, input.services ?? []),
  decide: (state, { input, facts, now }) => setRoute(state, input, facts, now),
})

export const checkAContactRoute = command({
  name: 'statements.check-route',
  summary: 'Say whether a way to reach the organisation works, and how long people wait on it',
  input: fields({
    route: Slug,
    works: Type.Boolean(),
    waitingTime: Type.Optional(DurationText),
    checkedAt: Type.Optional(InstantText),
    note: Type.Optional(Words),
  }),
  roles: CHECKERS,
  stream,
  decider: deskDecider,
  decide: (state, { input, now }) => checkRoute(state, input, now),
})

export const removeAContactRoute = command({
  name: 'statements.remove-route',
  summary: 'Remove a way to reach the organisation',
  input: fields({ route: Slug }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  decide: (state, { input }) => removeRoute(state, input),
})

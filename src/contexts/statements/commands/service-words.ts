import Type from 'typebox'
import { command, fields, Id, InstantText, oneOf, Words } from '#command'
import type { Level } from '#contexts/estate'
import { liftOverride, overrideStatus, setAdvice } from '../core/decide-words.ts'
import { deskDecider } from '../core/desk-state.ts'
import { SPEAKERS } from './allowed.ts'
import { ownService } from './own-service.ts'

const stream = () => 'service-words'
const LEVELS = ['normal', 'degraded', 'stopped'] as const satisfies readonly Level[]

export const overrideAStatus = command({
  name: 'statements.override-status',
  summary: "Set a service's public status by hand, against what follows from the records",
  description: 'Staff see the reason, residents what they are told. It ends by itself at `until`.',
  input: fields({
    service: Id,
    level: oneOf(LEVELS),
    until: Type.Optional(InstantText),
    reason: Words,
    told: Words,
  }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  facts: (input, context) => ownService(context, input.service, '/service'),
  decide: (_state, { input, facts, now }) => overrideStatus(facts, input, now),
})

export const liftAnOverride = command({
  name: 'statements.lift-override',
  summary: "Let a service's public status follow from the records again",
  input: fields({ service: Id, reason: Words }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  // A service that was retired since must still lose its override.
  facts: ({ service }, { organisation }) => (service.includes('/') ? service : `${organisation}/${service}`),
  decide: (state, { input, facts, now }) => liftOverride(state, facts, input.reason, now),
})

const Told = Type.Optional(Type.String({ maxLength: 2000 }))

export const setServiceAdvice = command({
  name: 'statements.set-advice',
  summary: 'Say what people can do while a service is stopped or limited',
  description: 'Replaces what was said before; an empty text takes it away.',
  input: fields({ service: Id, alternative: Told, noNeedToContact: Told }),
  roles: SPEAKERS,
  stream,
  decider: deskDecider,
  facts: (input, context) => ownService(context, input.service, '/service'),
  decide: (_state, { input: { alternative, noNeedToContact }, facts }) =>
    setAdvice(facts, {
      ...(alternative ? { alternative } : {}),
      ...(noNeedToContact ? { noNeedToContact } : {}),
    }),
})

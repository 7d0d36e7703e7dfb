import Type from 'typebox'
import { type Command, command, fields } from '#command'
import { MAY_ORDER } from './core/may-order.ts'
import { ordersDecider, resume, retry, stop } from './core/orders.ts'
import type { OutboxDesk } from './create-outbox.ts'

/** Which deliveries the organisation's people may stop and try again; `desk` is asked once the database is open. */
export function deliveryCommands(desk: () => Pick<OutboxDesk, 'factsOf'>): Command[] {
  const Batch = Type.String({
    minLength: 1,
    maxLength: 300,
    description: 'the name of a batch, as the query "deliveries" lists it',
  })
  const common = {
    roles: MAY_ORDER,
    stream: () => 'delivery/orders',
    decider: ordersDecider,
  } as const
  return [
    command({
      ...common,
      name: 'delivery.stop',
      summary: 'Stop sending a batch of messages, within a second and in every process',
      description: 'What has been handed over already cannot be called back.',
      input: fields({ batch: Batch }),
      facts: (input, { organisation }) => desk().factsOf(organisation, input),
      decide: (state, { input, facts }) => stop(state, input.batch, facts),
    }),
    command({
      ...common,
      name: 'delivery.resume',
      summary: 'Go on sending a batch of messages that was stopped',
      input: fields({ batch: Batch }),
      facts: (input, { organisation }) => desk().factsOf(organisation, input),
      decide: (state, { input, facts }) => resume(state, input.batch, facts),
    }),
    command({
      ...common,
      name: 'delivery.retry',
      summary: 'Try again what has failed of a batch, or one message of it',
      description:
        'An address that does not work is tried again only where its one delivery is named. With `unknown`, also what may have arrived: somebody may get it twice.',
      input: fields({
        batch: Batch,
        delivery: Type.Optional(Type.String({ format: 'uuid', description: 'one delivery' })),
        unknown: Type.Optional(Type.Boolean({ description: 'also what may have arrived' })),
      }),
      facts: (input, { organisation }) => desk().factsOf(organisation, input),
      decide: (state, { input, facts }) => retry(state, input, facts),
    }),
  ]
}

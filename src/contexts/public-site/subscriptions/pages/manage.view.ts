import type { CheckboxesOptions } from '#platform/views'
import { type Choice, serviceBoxes, whatIsSent } from './services.view.ts'
import { type Owner, type UpdatesFrame, updatesFrame, wordsFor } from './updates-frame.view.ts'

export interface ManageView extends UpdatesFrame {
  readonly action: string
  /** Where the updates go, masked. */
  readonly address: string
  readonly what: string
  readonly services: CheckboxesOptions | null
  readonly saved: boolean
}

export function manageView(facts: {
  readonly owner: Owner
  readonly services: readonly Choice[]
  readonly chosen: readonly string[]
  readonly token: string
  readonly address: string
  readonly saved: boolean
}): ManageView {
  const { owner, services, chosen, token, address, saved } = facts
  const words = wordsFor(owner)
  return {
    ...updatesFrame(owner, words.say('manage.title', { organisation: owner.name })),
    action: `/subscriptions/${token}`,
    address: words.say('manage.address', { address }),
    what: whatIsSent(owner, services, chosen),
    services: serviceBoxes(services, chosen, words),
    saved,
  }
}

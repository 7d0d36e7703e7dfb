import type { Models } from '#journal'
import { type Clocks, type Refusal, refusals, systemClock } from '#kernel'
import type { Application } from './application.ts'

export const refuse = refusals({ starting: { kind: 'unavailable', title: 'Holdfast is starting' } })

/** The house before its database is open: public pages are served already, everything else says that it is on its way. */
export interface Late {
  application: Application | null
  readonly models: Models
  readonly clocks: Clocks
  starting(): Refusal
}

export function createLate(): Late {
  const late: Late = {
    application: null,
    models: {
      of: (model, organisation) =>
        late.application?.journal.models.of(model, organisation) ?? model.initial(organisation),
      organisations: () => late.application?.journal.models.organisations() ?? [],
      position: (organisation) => late.application?.journal.models.position(organisation) ?? 0,
    },
    clocks: { of: (organisation) => late.application?.clocks.of(organisation) ?? systemClock },
    starting: () => refuse('starting', 'Its database is not open yet. Try again in a few seconds.'),
  }
  return late
}

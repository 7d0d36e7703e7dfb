import type { Journal } from '#journal'
import { type Clock, type Entry, type Millis, parseInstant } from '#kernel'

export interface SteadyClock extends Clock {
  /** From now on it shows this time or a later one. */
  atLeast(time: Millis): void
}

/** Never goes back: while `clock` is behind what was shown or recorded, it stands still. */
export function steady(clock: Clock): SteadyClock {
  let latest = Number.NEGATIVE_INFINITY
  const atLeast = (time: Millis) => {
    latest = Math.max(latest, time)
  }
  return {
    atLeast,
    now() {
      atLeast(clock.now())
      return latest
    },
  }
}

/**
 * Holds the clock to what live organisations have recorded, here or in another process: with a machine's clock set back,
 * an isolation that was recorded a minute ago would otherwise lie in the future, and its pages would say that all is well.
 */
export async function holdToJournals(
  clock: SteadyClock,
  journal: Journal,
  exerciseOf: (organisation: string) => unknown,
): Promise<void> {
  const hear = ({ organisation, recordedAt }: Entry) => {
    if (exerciseOf(organisation) === null) clock.atLeast(parseInstant(recordedAt) ?? 0)
  }
  journal.subscribe((entries) => entries.forEach(hear))
  for (const organisation of journal.models.organisations()) {
    const after = journal.models.position(organisation) - 1
    for (const entry of await journal.readEntries({ organisation, after, limit: 1 })) hear(entry)
  }
}

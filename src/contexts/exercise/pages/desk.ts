import type { Millis, Refusal } from '#kernel'

/** The next step of a scenario that has not been played. */
export interface NextStep {
  readonly at: Millis
  readonly organisation: string
  /** A command or a read, such as `incident.isolate`. */
  readonly does: string
}

/** What the page cannot do through commands of one organisation: main lends it. */
export interface ExerciseDesk {
  /** Sets the clocks of all other organisations of the exercise likewise: councils of one story live at one time. */
  follow(
    exercise: string,
    but: string,
    setting: { readonly at: Millis; readonly speed: number },
  ): Promise<Refusal | null>
  /** Null where this server does not have the scenario, or it has come to its end. */
  next(exercise: string): NextStep | null
  /** Plays what is due up to that time, then lets the clocks run on at this speed. */
  playOn(exercise: string, until: Millis, speed: number): Promise<Refusal | null>
}

import type { Millis, Refusal } from '#kernel'

/** The next step of a scenario that has not been played. */
export interface NextStep {
  readonly at: Millis
  readonly organisation: string
  /** A command or a read, such as `incident.isolate`. */
  readonly does: string
}

/** A scenario that can be started. Where it has been, its organisations are those of a fresh copy. */
export interface Startable {
  readonly exercise: string
  readonly title: string
  readonly organisations: number
  /** How often it has been started here. */
  readonly before: number
  readonly starts: Millis
  readonly now: Millis
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
  /** The scenarios that this server has, each with what starting it would make. */
  scenarios(): readonly Startable[]
  /** Sets up a scenario among organisations of its own, and lets the person act there in every role. Gives one of them. */
  start(exercise: string, person: string, whole: boolean): Promise<string | Refusal>
  /** Plays what is due up to that time, then lets the clocks run on at this speed. */
  playOn(exercise: string, until: Millis, speed: number): Promise<Refusal | null>
}

import type { Models } from '#journal'
import type { Caller, JsonObject, Refusal } from '#kernel'
import type { ExerciseClocks } from './clocks.ts'

/** How a play reaches the house: the same doors as everybody's. */
export interface ExercisePorts {
  execute(instruction: {
    organisation: string
    command: string
    input: JsonObject
    caller: Caller
    id: string
  }): Promise<({ readonly entries: readonly number[] } & JsonObject) | Refusal>
  read(question: { organisation: string; query: string; input: JsonObject; caller: Caller }): Promise<object>
  /** Has a command with this id been done there? Asked only when a play goes on from an earlier one. */
  wasDone(organisation: string, id: string): Promise<boolean>
  readonly models: Models
  readonly clocks: ExerciseClocks
}

import type { Entry } from '#kernel'

/**
 * One question's answer, kept ready in memory: a fold over an organisation's journal. `apply` may change `state` in place,
 * copes with everything that was ever recorded (also with erased fields) and never throws.
 */
export interface Model<State> {
  readonly name: string
  /** The event types that it hears. */
  readonly types: readonly string[]
  readonly initial: (organisation: string) => State
  readonly apply: (state: State, entry: Entry) => void
}

/** Any model, whatever it keeps. */
export interface AnyModel {
  readonly name: string
  readonly types: readonly string[]
  readonly initial: (organisation: string) => unknown
  readonly apply: (state: never, entry: Entry) => void
}

export interface Models {
  of<State>(model: Model<State>, organisation: string): State
  /** Organisations that have a journal, in order. */
  organisations(): string[]
  /** The number of the last entry that the models have taken in; it grows with every change. */
  position(organisation: string): number
}

interface Kept {
  readonly model: Model<unknown>
  readonly states: Map<string, unknown>
}

export interface LiveModels extends Models {
  apply(entries: readonly Entry[]): void
  forget(organisation: string): void
}

export function createModels(models: readonly AnyModel[], onError: (model: string, error: Error) => void): LiveModels {
  const kept = new Map<string, Kept>()
  const byType = new Map<string, Kept[]>()
  const positions = new Map<string, number>()
  for (const declared of models as unknown as readonly Model<unknown>[]) {
    if (kept.has(declared.name)) throw new Error(`two models are called ${declared.name}`)
    const one: Kept = { model: declared, states: new Map() }
    kept.set(declared.name, one)
    for (const type of declared.types) byType.set(type, [...(byType.get(type) ?? []), one])
  }

  function stateOf({ model, states }: Kept, organisation: string): unknown {
    let state = states.get(organisation)
    if (state === undefined) {
      state = model.initial(organisation)
      states.set(organisation, state)
    }
    return state
  }

  return {
    of<State>(model: Model<State>, organisation: string): State {
      const one = kept.get(model.name)
      if (!one) throw new Error(`model ${model.name} is not kept`)
      // Nothing is kept for names that somebody made up.
      if (!positions.has(organisation)) return model.initial(organisation)
      return stateOf(one, organisation) as State
    },
    organisations: () => [...positions.keys()].sort(),
    position: (organisation) => positions.get(organisation) ?? 0,
    apply(entries) {
      for (const entry of entries) {
        positions.set(entry.organisation, entry.number)
        for (const one of byType.get(entry.type) ?? [])
          try {
            one.model.apply(stateOf(one, entry.organisation), entry)
          } catch (error) {
            onError(one.model.name, error as Error)
          }
      }
    },
    forget(organisation) {
      positions.delete(organisation)
      for (const { states } of kept.values()) states.delete(organisation)
    },
  }
}

/** The same fold over other entries: the past as it was known at one moment. */
export function foldModel<State>(model: Model<State>, organisation: string, entries: readonly Entry[]): State {
  const state = model.initial(organisation)
  for (const entry of entries) if (model.types.includes(entry.type)) model.apply(state, entry)
  return state
}

import type { Journal } from '#journal'
import type { Decider, Entry, Event } from '#kernel'

const KEPT = 20_000

export interface StreamStates {
  load<State>(
    organisation: string,
    stream: string,
    decider: Decider<State, never>,
  ): Promise<{ version: number; state: State }>
  forget(organisation: string, stream: string): void
}

interface KeptState {
  readonly decider: Decider<unknown, Event>
  version: number
  state: unknown
}

/** Folded streams, so that a command need not read its stream from the database again; advanced by what is appended. */
export function createStreamStates(journal: Journal): StreamStates {
  const kept = new Map<string, KeptState>()

  function hear(entries: readonly Entry[]): void {
    for (const entry of entries) {
      // Erased words must not live on in what was folded from them.
      if (entry.type === 'journal.erased')
        for (const key of kept.keys()) if (key.startsWith(`${entry.organisation} `)) kept.delete(key)
      const one = kept.get(keyOf(entry.organisation, entry.stream))
      if (!one) continue
      if (entry.version === one.version + 1) advance(one, entry)
      else if (entry.version > one.version) kept.delete(keyOf(entry.organisation, entry.stream))
    }
  }
  journal.subscribe(hear)

  return {
    async load<State>(organisation: string, stream: string, decider: Decider<State, never>) {
      const key = keyOf(organisation, stream)
      const known = kept.get(key)
      if (known && known.decider === (decider as unknown))
        return { version: known.version, state: known.state as State }
      const one: KeptState = {
        decider: decider as unknown as Decider<unknown, Event>,
        version: 0,
        state: decider.initial(),
      }
      for (const entry of await journal.readStream(organisation, stream)) advance(one, entry)
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
      kept.set(key, one)
      return { version: one.version, state: one.state as State }
    },
    forget: (organisation, stream) => {
      kept.delete(keyOf(organisation, stream))
    },
  }
}

function advance(one: KeptState, entry: Entry): void {
  one.state = one.decider.evolve(one.state, entry as Event)
  one.version = entry.version
}

function keyOf(organisation: string, stream: string): string {
  return `${organisation} ${stream}`
}

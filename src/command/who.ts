import type { Actor } from '#kernel'

/** What pages call whoever did something. */
export type SayWho = (actor: Actor | undefined) => string

/** The journal knows people by id: `nameOf` finds the name where it is kept, and null once it has been erased. */
export function createSayWho(reader: Actor, nameOf: (person: string) => string | null): SayWho {
  return (actor) => {
    switch (actor?.kind) {
      case undefined:
        return 'somebody'
      case 'person':
        if (reader.kind === 'person' && reader.id === actor.id) return 'you'
        return nameOf(actor.id) ?? `person ${actor.id.slice(-6)}`
      case 'token':
        return `machine ${actor.id.slice(-6)}`
      case 'exercise':
        return actor.by ? `${actor.by.replaceAll('-', ' ')} (exercise)` : 'the exercise'
      case 'operator':
        return 'the operator of this machine'
      case 'system':
        return 'Holdfast itself'
    }
  }
}

import type { Actor, Decider, Instant } from '#kernel'
import { AUDIENCES, type Audience, type FactRef, type StatementsEvent, type Wording } from './events.ts'

/** Words that wait for a second person. */
export interface Draft {
  readonly facts: readonly FactRef[]
  readonly nextUpdateAt: Instant | null
  /** Undefined where the words were erased. */
  readonly wording: Wording | undefined
  /** Of a correction only. */
  readonly whatChanged: string | undefined
  readonly draftedBy: Actor | undefined
  readonly rewordedBy: Actor | undefined
}

export interface Voice {
  readonly draft: Draft | null
  /** How many versions have been published. */
  readonly versions: number
  readonly withdrawn: boolean
}

export interface Statement {
  readonly statement: number
  readonly incident: string | null
  readonly voices: ReadonlyMap<Audience, Voice>
}

export type Statements = ReadonlyMap<number, Statement>

/** As an entry it says who acted: nobody may publish their own words. */
type Heard = StatementsEvent & { readonly actor?: Actor }

/** All statements of an organisation in one stream, so that their numbers have no gaps. */
export const statementsDecider: Decider<Statements, StatementsEvent> = {
  initial: () => new Map(),
  evolve(state, event: Heard) {
    switch (event.type) {
      case 'statements.drafted': {
        const { statement, incident, facts, nextUpdateAt, wordings, audiences = AUDIENCES } = event.data
        const voices = audiences.map((audience): [Audience, Voice] => {
          const draft: Draft = {
            facts: facts.filter((one) => one.audiences?.includes(audience) ?? true),
            nextUpdateAt,
            wording: wordings?.[audience],
            whatChanged: undefined,
            draftedBy: event.actor,
            rewordedBy: undefined,
          }
          return [audience, { draft, versions: 0, withdrawn: false }]
        })
        return new Map(state).set(statement, { statement, incident, voices: new Map(voices) })
      }
      case 'statements.reworded':
        return withVoice(state, event.data, (voice) => ({
          ...voice,
          draft: voice.draft && { ...voice.draft, wording: event.data.wording, rewordedBy: event.actor },
        }))
      case 'statements.correction-drafted': {
        const { facts, nextUpdateAt, wording, whatChanged } = event.data
        const draft = { facts, nextUpdateAt, wording, whatChanged, draftedBy: event.actor, rewordedBy: undefined }
        return withVoice(state, event.data, (voice) => ({ ...voice, draft }))
      }
      case 'statements.published':
        return withVoice(state, event.data, () => ({ draft: null, versions: event.data.version, withdrawn: false }))
      case 'statements.withdrawn':
        return withVoice(state, event.data, (voice) => ({ ...voice, draft: null, withdrawn: true }))
      default:
        return state
    }
  },
}

function withVoice(
  state: Statements,
  { statement, audience }: { statement: number; audience: Audience },
  change: (voice: Voice) => Voice,
): Statements {
  const known = state.get(statement)
  const voice = known?.voices.get(audience)
  if (!known || !voice) return state
  return new Map(state).set(statement, { ...known, voices: new Map(known.voices).set(audience, change(voice)) })
}

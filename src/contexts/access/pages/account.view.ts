import { instant, type Millis } from '#kernel'
import type { ErrorSummaryOptions } from '#platform/views'
import { type FoundPerson, type PasskeyFacts, signInCode } from '../projections/people.ts'
import { inFours } from './in-fours.ts'
import type { PasskeyControl } from './passkey.view.ts'

export interface AccountPage {
  readonly title: string
  readonly csrf: string
  readonly errors: ErrorSummaryOptions | null
  readonly name: string
  readonly signInCode: string
  readonly isNew: boolean
  /** Null until the person has confirmed who they are in the last minutes. */
  readonly passkey: PasskeyControl | null
  readonly passkeys: readonly { readonly credential: string; readonly label: string; readonly since: string }[]
  readonly hasApp: boolean
  readonly codesLeft: number
  readonly sessions: readonly {
    readonly session: string
    readonly agent: string
    readonly began: string
    readonly seen: string
    readonly current: boolean
  }[]
}

interface AccountFacts {
  readonly csrf: string
  readonly found: FoundPerson
  readonly passkeyFacts: ReadonlyMap<string, PasskeyFacts>
  readonly sessions: readonly { session: string; agent: string; createdAt: Millis; seenAt: Millis }[]
  readonly current: string
  readonly fresh: boolean
  readonly isNew: boolean
  readonly mistake: string | null
}

export function accountPage(facts: AccountFacts): AccountPage {
  const { csrf, found, passkeyFacts, sessions, current, fresh, isNew, mistake } = facts
  const { person, name } = found
  const title = 'How you sign in'
  return {
    title: mistake === null ? title : `Error: ${title}`,
    csrf,
    errors: mistake === null ? null : { titleText: 'There is a problem', errorList: [{ text: mistake }] },
    name,
    signInCode: inFours(signInCode(person.id)),
    isNew,
    passkey: fresh
      ? {
          ceremony: 'create',
          options: '/console/account/passkey/options',
          verify: '/console/account/passkey',
          next: '/console/account',
          csrf,
          button: person.passkeys.size > 0 ? 'Add another passkey' : 'Create a passkey',
        }
      : null,
    passkeys: [...person.passkeys.keys()].map((credential) => {
      const { label, registeredAt } = passkeyFacts.get(credential) ?? { label: null, registeredAt: instant(0) }
      return { credential, label: label ?? 'Passkey', since: registeredAt }
    }),
    hasApp: person.totp !== null,
    codesLeft: person.recovery?.hashes.length ?? 0,
    sessions: sessions.map(({ session, agent, createdAt, seenAt }) => ({
      session,
      agent,
      began: instant(createdAt),
      seen: instant(seenAt),
      current: session === current,
    })),
  }
}

export interface CodesPage {
  readonly title: string
  readonly signInCode: string
  readonly codes: readonly string[]
}

export function codesPage({ person, codes }: { person: string; codes: readonly string[] }): CodesPage {
  return { title: 'Your recovery codes', signInCode: inFours(signInCode(person)), codes }
}

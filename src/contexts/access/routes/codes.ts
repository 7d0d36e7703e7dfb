import { isRefusal } from '#kernel'
import { type FoundPerson, findByCode, signInCode } from '../projections/people.ts'
import { forgive, mayTry } from '../proofs/attempts.ts'
import { matchRecoveryCode } from '../proofs/recovery-codes.ts'
import { takeCode } from '../proofs/totp.ts'
import type { Desk } from './desk.ts'
import { giveOwn } from './give.ts'

export type Judged = { readonly found: FoundPerson } | 'wrong' | 'too-many'

interface Typed {
  /** The person's sign-in code. */
  readonly who: string
  readonly code: string
  readonly address: string
}

/** A secret that nobody has: without a person, the same work is done for the same answer. */
const NOBODY = 'A'.repeat(32)

/** Judges six digits of an authenticator app. */
export async function judgeTotp(desk: Desk, typed: Typed): Promise<Judged> {
  const { database, models, keys, clock } = desk
  const now = clock.now()
  const found = findByCode(models, typed.who)
  const counted = { person: found ? signInCode(found.person.id) : plain(typed.who), address: typed.address }
  if (!(await mayTry(database, counted, now))) return 'too-many'
  const secret = found?.person.totp ? keys.open(found.person.totp, `totp ${found.person.id}`) : null
  const code = typed.code.replace(/\s/g, '')
  const right = await takeCode(database, { person: found?.person.id ?? 'nobody', secret: secret ?? NOBODY, code, now })
  if (!right || !found || secret === null) return 'wrong'
  await forgive(database, counted)
  return { found }
}

/** Judges a recovery code, and uses it up. */
export async function judgeRecovery(desk: Desk, typed: Typed): Promise<Judged> {
  const { database, models, clock } = desk
  const found = findByCode(models, typed.who)
  const counted = { person: found ? signInCode(found.person.id) : plain(typed.who), address: typed.address }
  if (!(await mayTry(database, counted, clock.now()))) return 'too-many'
  const hash = await matchRecoveryCode(found?.person.recovery ?? null, typed.code)
  if (!found || hash === null) return 'wrong'
  if (isRefusal(await giveOwn(desk, found, 'access.use-recovery-code', { hash }))) return 'wrong'
  await forgive(database, counted)
  return { found }
}

const plain = (who: string) => who.replace(/[\s-]/g, '').toUpperCase().slice(0, 20)

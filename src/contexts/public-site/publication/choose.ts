import type { Register } from './claim.ts'
import type { Due } from './outlook.ts'
import type { Publication } from './publication.ts'

interface Situation {
  readonly due: readonly Due[]
  /** What this process serves. */
  readonly publication: Publication
  readonly register: Register
  /** Must it be confirmed anew, although nothing has changed? */
  isOld(name: string): boolean
  /** Has it just been tried in vain? */
  failed(name: string, truth: string): boolean
}

/**
 * All that this process serves otherwise than as it is true and registered, to be swapped together; else one set that must
 * be confirmed anew, so that a change never waits for many.
 */
export function choose({ due, publication, register, isOld, failed }: Situation): { untrue: boolean; next: Due[] } {
  const tried = due.filter(({ name, truth }) => !failed(name, truth))
  const untrue = tried.filter(({ name, truth }) => {
    const served = publication.sets.get(name)
    const issued = register.issued.get(name)
    return served?.truth !== truth || issued?.truth !== truth || issued.revision !== served.revision
  })
  if (untrue.length > 0) return { untrue: true, next: untrue }
  const old = tried.find((one) => isOld(one.name) || saysItIsOver(one, register))
  return { untrue: false, next: old ? [old] : [] }
}

/** An exercise's clock may stand, jump and run on, however little real time has passed. While it stands, nothing is promised. */
function saysItIsOver({ name, at, speed }: Due, register: Register): boolean {
  return speed > 0 && at > (register.issued.get(name)?.confirmedUntil ?? at)
}

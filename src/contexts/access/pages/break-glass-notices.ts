import { type Page, page } from '#command'
import type { Models } from '#journal'
import { isRefusal, type Millis } from '#kernel'
import { sayTime } from '#platform/words'
import { liveRoles } from '../core/people.ts'
import { findPerson, people } from '../projections/people.ts'

export interface BreakGlassNotice {
  readonly text: string
  readonly detail: string
  readonly action: string
  readonly button: string
}

/** What an admin is told on every page until they have acknowledged it: who else took command in an emergency. */
export function breakGlassNotices(
  models: Models,
  { organisation, person, now }: { organisation: string; person: string; now: Millis },
): BreakGlassNotice[] {
  const state = models.of(people, organisation)
  if (state.breakGlass.length === 0 || !liveRoles(state, person, now).includes('admin')) return []
  return state.breakGlass
    .filter((one) => one.person !== person && !one.seenBy.has(person))
    .map(({ number, person: taker, at, expiresAt, reason }) => ({
      text: `${findPerson(models, taker)?.name ?? 'Somebody'} took command in an emergency at ${sayTime(Date.parse(at))}, until ${sayTime(Date.parse(expiresAt))}.`,
      detail: reason ?? 'The reason has been erased.',
      action: `/console/${organisation}/break-glass/${number}/acknowledge`,
      button: 'I have seen this',
    }))
}

export const acknowledgePage: Page = page({
  method: 'POST',
  path: '/break-glass/:entry/acknowledge',
  roles: ['admin'],
  async handle({ give, params, organisation }) {
    const done = await give('access.acknowledge-break-glass', { entry: Number(params.entry) })
    return isRefusal(done) ? done : { redirect: `/console/${organisation}/people` }
  },
})

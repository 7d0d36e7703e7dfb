import type { Seen } from './life.ts'

/** What a status of GOV.UK Notify says of a delivery. */
export function seenByNotify(status: string, providerId?: string): Seen {
  const known = { answer: `notify-${status}`, ...(providerId === undefined ? {} : { providerId }) }
  switch (status) {
    case 'delivered':
      return { kind: 'delivered', ...known }
    case 'permanent-failure':
      return { kind: 'failed', failure: 'permanent', ...known }
    case 'temporary-failure':
    case 'technical-failure':
    case 'validation-failed':
      return { kind: 'failed', failure: 'temporary', ...known }
    default:
      return { kind: 'pending', ...known, answer: 'notify-pending' }
  }
}

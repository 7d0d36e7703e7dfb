import type { Model } from '#journal'
import type { Instant } from '#kernel'
import type { StatementsEvent } from '../core/events.ts'
import type { StatementsEntry } from './entry.ts'

/** A question from the press. What was erased is null. */
export interface Enquiry {
  readonly enquiry: string
  readonly outlet: string | null
  readonly contact: string | null
  readonly question: string | null
  readonly deadline: string | null
  readonly receivedAt: Instant
  readonly entry: number
  answers: { readonly text: string | null; readonly at: Instant; readonly entry: number }[]
}

type Heard = Extract<StatementsEvent['type'], `statements.enquiry-${string}`>
const TYPES: readonly Heard[] = ['statements.enquiry-received', 'statements.enquiry-answered']

/** What has the press asked, and what was it answered? */
export const enquiries: Model<Map<string, Enquiry>> = {
  name: 'statements.enquiries',
  types: TYPES,
  initial: () => new Map(),
  apply(all, heard) {
    const entry = heard as StatementsEntry
    if (entry.type === 'statements.enquiry-received') {
      const { enquiry, outlet = null, contact = null, question = null, deadline = null } = entry.data
      all.set(enquiry, {
        enquiry,
        outlet,
        contact,
        question,
        deadline: deadline || null,
        receivedAt: entry.occurredAt,
        entry: entry.number,
        answers: [],
      })
    } else if (entry.type === 'statements.enquiry-answered') {
      const { enquiry, answer = null } = entry.data
      all.get(enquiry)?.answers.push({ text: answer, at: entry.occurredAt, entry: entry.number })
    }
  },
}

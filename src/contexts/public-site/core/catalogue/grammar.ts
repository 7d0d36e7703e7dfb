import { because, type Cause, type Counts, reasons, truth } from '#contexts/incident'
import type { Millis } from '#kernel'
import { sayDate, sayTime } from '#platform/words'

/** What a list of texts cannot say: how a language builds sentences from clauses, and tells the time. */
export interface Grammar {
  /** A whole sentence that can follow "At 6:30am on Tuesday 25 November 2025,". */
  truth(counts: Counts): string
  /** A clause that can follow "because". */
  because(cause: Cause): string
  reasons(services: readonly { readonly cause: Cause | null }[]): string[]
  time(at: Millis): string
  date(at: Millis): string
}

export const english: Grammar = { truth, because, reasons, time: sayTime, date: sayDate }

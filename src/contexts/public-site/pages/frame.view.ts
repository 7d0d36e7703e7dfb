import { type Layout, stylesheet } from '#platform/views'
import { sayTime } from '#platform/words'
import type { Issue } from '../core/facts.ts'
import { marked, staleness } from '../core/words.ts'

/** What every public page carries besides its own matter. */
export interface Frame extends Layout {
  readonly made: string
  readonly stale: string
  readonly revision: number
  readonly source: string
}

interface Names {
  readonly title: string
  readonly owner: string
  readonly home: string
  readonly exercise: boolean
  readonly source: string
}

export function frame(names: Names, issue: Issue): Frame {
  return {
    title: marked(names.exercise, names.title),
    header: { logoText: names.owner, url: names.home },
    exercise: names.exercise,
    style: stylesheet.text,
    made: sayTime(issue.madeAt),
    stale: staleness(issue.confirmedUntil),
    revision: issue.revision,
    source: names.source,
  }
}

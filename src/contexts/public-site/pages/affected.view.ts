import { parseInstant } from '#kernel'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { latestSaid } from '../core/said.ts'
import { type Frame, frame } from './frame.view.ts'
import { type StatementLine, statementLine } from './statement-lines.view.ts'
import { type Part, partsOf } from './wording.view.ts'

interface Advice {
  readonly heading: string
  readonly items: readonly string[]
}

export interface AffectedPage extends Frame {
  /** What the council has said of it in its own words, and no more. */
  readonly said: { readonly at: string; readonly parts: readonly Part[]; readonly line: StatementLine } | null
  readonly nothingSaid: string
  readonly advice: readonly Advice[]
}

const ADVICE = [
  {
    heading: 'affected.contacted',
    items: ['affected.contacted.1', 'affected.contacted.2', 'affected.contacted.3', 'affected.contacted.4'],
  },
  {
    heading: 'affected.accounts',
    items: ['affected.accounts.1', 'affected.accounts.2', 'affected.accounts.3', 'affected.accounts.4'],
  },
  { heading: 'affected.safety', items: ['affected.safety.1', 'affected.safety.2'] },
  { heading: 'affected.rights', items: ['affected.rights.1', 'affected.rights.2', 'affected.rights.3'] },
] as const

export function affectedPage(facts: OrganisationFacts, issue: Issue): AffectedPage {
  const words = wordsIn(issue.language)
  const { say, t } = words
  const latest = latestSaid(facts.statements, 'residents')
  return {
    ...frame(facts, issue, '/affected', say('affected.title', { organisation: facts.name })),
    said: latest && {
      at: say('affected.said.at', { time: words.time(parseInstant(latest.publishedAt)!) }),
      parts: partsOf(latest.wording, words, ['known', 'notKnown', 'advice']),
      line: statementLine(latest, facts, issue),
    },
    nothingSaid: say('affected.said.none', { time: words.time(issue.madeAt) }),
    advice: ADVICE.map(({ heading, items }) => ({ heading: t(heading), items: items.map(t) })),
  }
}

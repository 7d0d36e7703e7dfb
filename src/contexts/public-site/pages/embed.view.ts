import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { bannerSnippet } from '../formats/banner/banner.ts'
import { type Frame, frame } from './frame.view.ts'

export interface EmbedPage extends Frame {
  /** Line by line. */
  readonly snippet: readonly string[]
  readonly policy: string
  readonly origin: string
  readonly data: string
}

export function embedPage(facts: OrganisationFacts, issue: Issue): EmbedPage {
  const { say } = wordsIn(issue.language)
  return {
    ...frame(facts, issue, '/embed', say('embed.title', { organisation: facts.name })),
    snippet: bannerSnippet(facts, issue),
    policy: say('embed.policy.text', { scripts: 'script-src', connections: 'connect-src' }),
    origin: new URL(issue.url).origin,
    data: `/${facts.slug}/banner.json`,
  }
}

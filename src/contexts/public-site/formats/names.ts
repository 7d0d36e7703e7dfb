import { instant, type Millis } from '#kernel'
import type { Issue, OrganisationFacts } from '../core/facts.ts'

/** The namespace of what Holdfast adds to formats that others define: the revision. */
export const NAMESPACE = 'urn:x-holdfast'

/**
 * A tag URI (RFC 4151), which never changes however often a thing is rendered: its own day is part of it, and an exercise's
 * name is none of a live thing's, also when both have been on one address.
 */
export function tag(
  issue: Issue,
  facts: Pick<OrganisationFacts, 'slug' | 'exercise'>,
  at: Millis,
  what: string,
): string {
  const authority = new URL(issue.url).hostname.replace(/[^\w.-]/g, '')
  return `tag:${authority},${instant(at).slice(0, 10)}:${facts.exercise ? 'exercise/' : ''}${facts.slug}/${what}`
}

/** RFC 3339 without punctuation, for use within names. */
export function stamp(at: Millis): string {
  return instant(at).replace(/[-:.]/g, '')
}

export function homeOf(issue: Issue, slug: string): string {
  return `${issue.url}/${slug}`
}

export function statementUrl(issue: Issue, slug: string, statement: number): string {
  return `${homeOf(issue, slug)}/statements/${statement}`
}

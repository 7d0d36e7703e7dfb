import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { instant, parseInstant } from '#kernel'
import { wordsOf } from '../../core/catalogue/index.ts'
import { countsOf, type Issue, type OrganisationFacts } from '../../core/facts.ts'
import { latestSaid } from '../../core/said.ts'
import { marked, nextUpdate, staleness } from '../../core/words.ts'
import { homeOf } from '../names.ts'
import { headlineOf, practice, unmarked } from '../said.ts'
import { nowOf } from '../updates.ts'
import { escaped } from '../xml.ts'

export interface BannerScript {
  /** Part of its address, which means these bytes for ever. */
  readonly name: string
  /** For the `integrity` attribute. */
  readonly integrity: string
  readonly text: string
}

function script(file: string): BannerScript {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const hash = (kind: string) => createHash(kind).update(text)
  return {
    name: hash('sha256').digest('hex').slice(0, 16),
    integrity: `sha384-${hash('sha384').digest('base64')}`,
    text,
  }
}

/** Every script that was ever released, the newest last: websites hold on to the one whose hash they have. */
export const BANNER_SCRIPTS: readonly BannerScript[] = [script('./banner-1.js')]

/** What the banner shows: lines of text, ready to be read. Its shape is fixed, as every released script reads it. */
export function bannerData(facts: OrganisationFacts, issue: Issue) {
  const words = wordsOf(facts)
  const { say, time } = words
  const { exercise, name } = facts
  const counts = countsOf(facts.services)
  const latest = latestSaid(facts.statements, 'residents')
  return {
    revision: issue.revision,
    organisation: name,
    exercise,
    disrupted: counts.usual < counts.total,
    counts,
    label: say('banner.label', { name }),
    lines: [
      ...practice(exercise, words).map(({ text }) => text),
      nowOf(facts, words),
      ...(latest
        ? [
            marked(
              exercise,
              say('banner.said', {
                time: time(parseInstant(latest.publishedAt)!),
                text: unmarked(headlineOf(latest, exercise, words), exercise, words),
              }),
              words,
            ),
          ]
        : []),
    ],
    link: say('banner.link', { name }),
    next_update: nextUpdate(facts, words),
    stale: staleness(issue.confirmedUntil, words),
    // Of an exercise's clock a reader's knows nothing.
    confirmed_until: exercise ? null : instant(issue.confirmedUntil),
    made_at: instant(issue.madeAt),
  }
}

/** What a council puts into its own pages. The link stands also where no script runs. */
export function bannerSnippet(facts: Pick<OrganisationFacts, 'slug' | 'name' | 'languages'>, issue: Issue): string[] {
  const { name, integrity } = BANNER_SCRIPTS.at(-1)!
  const home = homeOf(issue, facts.slug)
  return [
    `<p><a href="${home}">${escaped(wordsOf(facts).say('banner.link', { name: facts.name }))}</a></p>`,
    `<script src="${home}/banner/${name}.js" integrity="${integrity}" crossorigin="anonymous" defer></script>`,
  ]
}

import { createHash } from 'node:crypto'
import { LIVE, organisationsOf, type World } from '#contexts/estate'
import type { Models } from '#journal'
import { type Clocks, type Millis, NEVER } from '#kernel'
import { countsOf, type Issue, type OrganisationFacts } from '../core/facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import type { Rendered } from './document.ts'
import { organisationDocuments, regionDocuments } from './render.ts'

/** A document set that is due, with the truth that it will tell. */
export interface Due {
  readonly name: string
  readonly truth: string
  readonly at: Millis
  readonly speed: number
  render(issue: Issue): Generator<Rendered>
}

export interface Outlook {
  readonly due: readonly Due[]
  /** Real milliseconds until something said becomes untrue by itself; NEVER if nothing will. */
  readonly changesIn: Millis
}

export interface OutlookOptions {
  readonly models: Models
  readonly clocks: Clocks
  readonly region: string
  /** Milliseconds of the organisation's clock in one real millisecond; 1 for live organisations. */
  speed(organisation: string): number
}

/** One look at every world: all that could be published, as things stand now. */
export function outlook({ models, clocks, region, speed }: OutlookOptions): Outlook {
  const worlds = new Map<World, string>()
  for (const { world, slug } of organisationsOf(models)) if (!worlds.has(world)) worlds.set(world, slug)
  const shown = worlds.has(LIVE) ? LIVE : [...worlds.keys()].sort()[0]
  const due: Due[] = []
  let changesIn = NEVER
  for (const [world, member] of worlds) {
    const at = clocks.of(member).now()
    const pace = speed(member)
    const { organisations, nextChangeAt } = worldFacts(models, world, at)
    if (pace > 0) changesIn = Math.min(changesIn, (nextChangeAt - at) / pace)
    for (const facts of organisations)
      due.push({
        name: facts.slug,
        truth: digest(facts),
        at,
        speed: pace,
        render: (issue) => organisationDocuments(facts, issue),
      })
    if (world === shown) due.push(regionDue(region, organisations, at, pace))
  }
  return { due, changesIn }
}

function regionDue(region: string, organisations: readonly OrganisationFacts[], at: Millis, speed: number): Due {
  const truth = digest(
    organisations.map(({ slug, name, exercise, services, statements, changes }) => {
      const since = services.map((service) => service.since).filter((one) => one !== null)
      return [slug, name, exercise, countsOf(services), Math.min(...since), statements, changes]
    }),
  )
  return { name: '', truth, at, speed, render: (issue) => regionDocuments(region, organisations, issue) }
}

function digest(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)
}

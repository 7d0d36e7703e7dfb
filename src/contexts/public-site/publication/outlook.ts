import { createHash } from 'node:crypto'
import { LIVE, organisationsOf, type World } from '#contexts/estate'
import type { Models } from '#journal'
import { type Clocks, type Millis, NEVER } from '#kernel'
import type { Printing } from '../core/facts.ts'
import { worldFacts } from '../projections/public-facts.ts'
import type { Look } from './claim.ts'
import type { Rendered } from './document.ts'
import { organisationDocuments, regionDocuments } from './render.ts'

/** A document set that is due, with the truth that it will tell. */
export interface Due {
  readonly name: string
  readonly world: World
  /** A digest of every fact that `render` makes words of. */
  readonly truth: string
  readonly at: Millis
  readonly speed: number
  /** The same bytes in every process, from the same truth and issue. */
  render(printing: Printing): Generator<Rendered>
}

export interface Outlook {
  readonly due: readonly Due[]
  readonly looks: ReadonlyMap<World, Look>
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

/** One look at every world, at its own time, or at `latest` where another process's clock had shown more than ours does. */
export function outlook(options: OutlookOptions, latest: ReadonlyMap<World, Look> = new Map()): Outlook {
  const { models, clocks, region, speed } = options
  const worlds = new Map<World, string>()
  for (const { world, slug } of organisationsOf(models)) if (!worlds.has(world)) worlds.set(world, slug)
  const shown = worlds.has(LIVE) ? LIVE : [...worlds.keys()].sort()[0]
  const due: Due[] = []
  const looks = new Map<World, Look>()
  let changesIn = NEVER
  for (const [world, member] of worlds) {
    const now = clocks.of(member).now()
    const at = Math.max(now, latest.get(world)?.at ?? now)
    const pace = speed(member)
    const { organisations, nextChangeAt } = worldFacts(models, world, at)
    if (pace > 0) changesIn = Math.min(changesIn, (nextChangeAt - now) / pace)
    looks.set(world, {
      at,
      positions: Object.fromEntries(organisations.map(({ slug }) => [slug, models.position(slug)])),
    })
    const truths = organisations.map(digest)
    for (const [index, facts] of organisations.entries())
      due.push({
        name: facts.slug,
        world,
        truth: truths[index]!,
        at,
        speed: pace,
        render: (printing) => organisationDocuments(facts, printing),
      })
    if (world === shown)
      due.push({
        name: '',
        world,
        truth: digest(truths),
        at,
        speed: pace,
        render: (printing) => regionDocuments(region, organisations, printing),
      })
  }
  return { due, looks, changesIn }
}

function digest(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)
}

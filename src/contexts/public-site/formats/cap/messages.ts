import { type Millis, parseInstant } from '#kernel'
import type { IncidentFacts, OrganisationFacts, StatementFacts } from '../../core/facts.ts'
import { stamp } from '../names.ts'

export interface Reference {
  readonly identifier: string
  readonly sent: Millis
}

/** One message of a chain. It never changes once it was sent: all of it follows from what was recorded then. */
export interface AlertMessage extends Reference {
  readonly type: 'Alert' | 'Update' | 'Cancel'
  readonly incident: string
  /** What it tells; of a Cancel, what was told last. */
  readonly version: StatementFacts
  /** The earlier messages that it takes the place of, the oldest first. */
  readonly references: readonly Reference[]
  /** Why there is a Cancel. */
  readonly over: 'withdrawn' | 'stood-down' | null
}

type Happening = { readonly at: Millis; readonly order: number } & (
  | { readonly what: 'said' | 'withdrawn'; readonly version: StatementFacts }
  | { readonly what: 'stood-down' }
)

const MOST_REFERENCES = 20

/**
 * A chain for each incident: it begins with the first version that tells residents of a stopped service, every later one is
 * an Update, and it ends with a Cancel when the incident is stood down or nothing that was said still stands.
 */
export function alertMessages(facts: OrganisationFacts): AlertMessage[] {
  const said = facts.statements.filter(({ audience }) => audience === 'residents')
  const incidents = new Map(facts.incidents.map((one) => [one.id, one]))
  const named = new Set(said.flatMap(({ incident }) => incident ?? []))
  return [...named]
    .flatMap((id) =>
      chain(
        facts,
        id,
        happenings(
          said.filter(({ incident }) => incident === id),
          incidents.get(id),
        ),
      ),
    )
    .sort((a, b) => a.sent - b.sent)
}

export function stops({ services }: StatementFacts): boolean {
  return services.some(({ level }) => level === 'stopped')
}

function happenings(versions: readonly StatementFacts[], incident: IncidentFacts | undefined): Happening[] {
  const withdrawn = new Map<number, StatementFacts>()
  for (const version of versions) if (version.withdrawnBy !== null) withdrawn.set(version.withdrawnBy, version)
  const all: Happening[] = [
    ...versions.map((version) => ({
      what: 'said' as const,
      at: parseInstant(version.publishedAt)!,
      order: version.entry,
      version,
    })),
    ...[...withdrawn].map(([order, version]) => ({
      what: 'withdrawn' as const,
      at: parseInstant(version.withdrawnAt!)!,
      order,
      version,
    })),
  ]
  all.sort((a, b) => a.at - b.at || a.order - b.order)
  if (!incident?.resolvedAt) return all
  const over = parseInstant(incident.resolvedAt)!
  return [...all.filter(({ at }) => at <= over), { what: 'stood-down', at: over, order: Number.POSITIVE_INFINITY }]
}

function chain(facts: OrganisationFacts, incident: string, all: readonly Happening[]): AlertMessage[] {
  const messages: AlertMessage[] = []
  let open: AlertMessage[] = []
  let standing: StatementFacts[] = []
  const send = (at: Millis, suffix: string, more: Pick<AlertMessage, 'type' | 'version' | 'over'>) => {
    const last = open.at(-1)
    const sent = Math.max(at, last?.sent ?? at)
    const identifier = [facts.exercise && 'exercise', facts.slug, stamp(sent), suffix].filter(Boolean).join('-')
    const references = open.slice(-MOST_REFERENCES).map((one) => ({ identifier: one.identifier, sent: one.sent }))
    const message: AlertMessage = { identifier, sent, incident, references, ...more }
    messages.push(message)
    open = message.type === 'Cancel' ? [] : [...open, message]
  }
  for (const one of all) {
    const told = open.at(-1)?.version
    if (one.what === 'said') {
      const { version } = one
      standing = [...standing, version]
      const name = `s${version.statement}v${version.version}`
      if (told) send(one.at, name, { type: 'Update', version, over: null })
      else if (stops(version)) send(one.at, name, { type: 'Alert', version, over: null })
    } else if (one.what === 'withdrawn') {
      const { statement, version: number } = one.version
      standing = standing.filter((version) => version.statement !== statement)
      if (told?.statement !== statement) continue
      const name = `s${statement}v${number}-withdrawn`
      const version = standing.at(-1)
      if (version) send(one.at, name, { type: 'Update', version, over: null })
      else send(one.at, name, { type: 'Cancel', version: told, over: 'withdrawn' })
    } else if (told) send(one.at, `over-${incident.slice(-12)}`, { type: 'Cancel', version: told, over: 'stood-down' })
  }
  return messages
}

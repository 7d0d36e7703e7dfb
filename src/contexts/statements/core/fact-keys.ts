import type { Level } from '#contexts/estate'
import type { Cause } from '#contexts/incident'
import { instant, type Millis, parseInstant } from '#kernel'
import type { FactRef } from './events.ts'
import type {
  AdviceFact,
  ComponentFact,
  Facts,
  IncidentFact,
  IsolationFact,
  LineFact,
  OverrideFact,
  RouteFact,
  ServiceFact,
} from './facts.ts'

/** How facts are named wherever they are linked. */
export const key = {
  services: 'services',
  statutory: 'statutory-services',
  service: (one: Pick<ServiceFact, 'id'>) => `service ${one.id}`,
  forecast: (one: Pick<ServiceFact, 'id'>) => `forecast ${one.id}`,
  override: (one: Pick<ServiceFact, 'id'>) => `override ${one.id}`,
  advice: (one: Pick<ServiceFact, 'id'>) => `advice ${one.id}`,
  component: (one: Pick<ComponentFact, 'id'>) => `component ${one.id}`,
  condition: (cause: Pick<Cause, 'component'>) => `condition ${cause.component}`,
  isolation: (one: IsolationFact) => `isolation ${one.organisation}/${one.entry}`,
  expected: (one: IsolationFact) => `expected ${one.organisation}/${one.entry}`,
  route: (one: Pick<RouteFact, 'route'>) => `route ${one.route}`,
  line: (one: Pick<LineFact, 'line'>) => `line ${one.line}`,
  incident: (one: IncidentFact) => `incident ${one.id}`,
  nextUpdate: (promised: boolean) => (promised ? 'promised-update' : 'next-update'),
}

export function countLevels(services: readonly Pick<ServiceFact, 'level'>[]) {
  const of = (level: Level) => services.filter((one) => one.level === level).length
  return { stopped: of('stopped'), limited: of('degraded'), usual: of('normal'), total: services.length }
}

export interface Said {
  readonly digest: string
  readonly level?: Level
}

/** Every fact that could be linked, by its key, with what it says in short. Words that people typed are told by their entry. */
export function everyFact(facts: Facts): ReadonlyMap<string, Said> {
  const all = new Map<string, Said>()
  const say = (name: string, digest: string) => all.set(name, { digest })
  say(key.services, counted(facts.services))
  say(key.statutory, counted(facts.services.filter(({ statutory }) => statutory)))
  for (const one of facts.services) {
    all.set(key.service(one), { digest: since(one.level, one.since), level: one.level })
    if (one.stopsAt !== null) say(key.forecast(one), since('stopped', one.stopsAt))
    if (one.override) say(key.override(one), overridden(one.override))
    if (one.advice) say(key.advice(one), advised(one.advice))
    if (one.cause) say(key.condition(one.cause), conditionOf(one.cause))
  }
  for (const one of facts.components) say(key.component(one), one.level)
  for (const one of facts.isolations) {
    say(
      key.isolation(one),
      `${one.components.length} ${one.precautionary ? 'as a precaution ' : ''}${times(one.since)}`,
    )
    if (one.expected) say(key.expected(one), expectedOf(one, facts.at))
  }
  for (const one of facts.routes) say(key.route(one), routeOf(one))
  for (const one of facts.lines) say(key.line(one), `entry ${one.entry}`)
  if (facts.incident) say(key.incident(facts.incident), facts.incident.stoodDownAt === null ? 'open' : 'stood-down')
  if (facts.nextUpdate) {
    const { at, promised } = facts.nextUpdate
    say(key.nextUpdate(promised), `${times(at)}${at <= facts.at ? ' overdue' : ''}`)
  }
  return all
}

/** What a draft stands on that is so no longer: with what it says now, null where it is gone. */
export interface Broken {
  readonly fact: string
  readonly was: string
  readonly now: string | null
}

export function brokenOf(linked: readonly FactRef[], today: ReadonlyMap<string, Said>, at: Millis): Broken[] {
  return linked.flatMap(({ fact, digest }) => {
    const now = fact === key.nextUpdate(true) ? promised(digest, at) : (today.get(fact)?.digest ?? null)
    return now === digest ? [] : [{ fact, was: digest, now }]
  })
}

/** What the statement itself promises holds until its time has come. */
function promised(digest: string, at: Millis): string {
  const due = parseInstant(digest.split(' ')[0]!)
  return due !== null && due > at ? digest : `${digest} overdue`
}

const times = (...all: Millis[]) => all.map((one) => instant(one)).join(' ')
const since = (level: Level, at: Millis | null) => (at === null ? level : `${level} ${times(at)}`)
const overridden = (one: OverrideFact) => `${one.level} ${one.until ?? 'open'} entry ${one.entry}`
const advised = (one: AdviceFact) => `entry ${one.entry}`
const conditionOf = (one: Cause) => `${one.condition}${one.precautionary ? ' as a precaution' : ''} ${times(one.since)}`
const routeOf = (one: RouteFact) => `${one.works ? 'works' : 'down'} ${one.waitingTime ?? 'no-wait'} entry ${one.entry}`

function counted(services: readonly ServiceFact[]): string {
  const { stopped, limited, usual } = countLevels(services)
  return `stopped ${stopped} limited ${limited} usual ${usual}`
}

function expectedOf({ expected }: IsolationFact, at: Millis): string {
  const { optimistic, likely, pessimistic } = expected!
  return `${times(optimistic, likely, pessimistic)}${pessimistic <= at ? ' passed' : ''}`
}

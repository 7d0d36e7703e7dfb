import { type Words, wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts, ServiceFacts } from '../core/facts.ts'
import { inOrder } from '../core/routes.ts'
import { standing } from '../core/said.ts'
import { expectation, nextUpdate } from '../core/words.ts'
import { headFor } from '../formats/head.ts'
import { serviceData } from '../formats/linked-data.ts'
import { STYLES } from './first-lines.view.ts'
import { type Frame, frame } from './frame.view.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'
import { type StatementLine, statementLine } from './statement-lines.view.ts'

export interface ServicePage extends Frame {
  readonly name: string
  readonly back: string
  readonly level: string
  readonly truth: string
  readonly since: string | null
  readonly reason: string | null
  readonly expectation: string | null
  readonly nextUpdate: string | null
  readonly overdue: boolean
  readonly instead: string | null
  readonly leaveAlone: string | null
  readonly impaired: boolean
  readonly routes: readonly RouteLine[]
  readonly statements: readonly StatementLine[]
}

interface Shared {
  readonly issue: Issue
  readonly routes: readonly RouteLine[]
  readonly nextUpdate: string | null
  readonly back: string
}

const shared = new WeakMap<OrganisationFacts, Shared>()

/** What the pages of all services say: made once. */
function sharedBy(facts: OrganisationFacts, issue: Issue, words: Words): Shared {
  const last = shared.get(facts)
  if (last?.issue === issue) return last
  const fresh = {
    issue,
    routes: routesFor(facts, 'residents').map((route) => routeLine(route, facts, words)),
    nextUpdate: nextUpdate(facts, words),
    back: words.say('service.back', { organisation: facts.name }),
  }
  shared.set(facts, fresh)
  return fresh
}

export function servicePage(facts: OrganisationFacts, service: ServiceFacts, issue: Issue): ServicePage {
  const words = wordsIn(issue.language)
  const { say } = words
  const { name, level, since, cause, override, advice } = service
  const { routes, nextUpdate, back } = sharedBy(facts, issue, words)
  const impaired = level !== 'normal'
  const title = say('service.title', {
    service: name,
    level: say(`level.${level}`).toLowerCase(),
    organisation: facts.name,
  })
  const own = inOrder(service.routes.filter(({ audiences }) => audiences.includes('residents')))
  const outlook = cause && expectation(cause, words)
  return {
    ...frame(facts, issue, `/services/${service.slug}`, title),
    head: headFor(facts, issue, serviceData(facts, service, issue)),
    name,
    back,
    level: STYLES[level],
    truth: say(`service.now.${level}`, { time: words.time(issue.madeAt) }),
    since: since === null ? null : say('service.since', { time: words.time(since) }),
    reason: cause ? say('service.because', { reason: words.because(cause) }) : (override?.told ?? null),
    expectation: outlook && `${outlook} ${say('service.longer')}`,
    nextUpdate: impaired ? nextUpdate : null,
    overdue: facts.nextUpdate?.overdue ?? false,
    instead: (impaired && advice?.alternative) || null,
    leaveAlone: advice?.noNeedToContact ?? null,
    impaired,
    routes: [...own.map((route) => routeLine(route, facts, words)), ...routes],
    statements: spokenOf(facts, service).map((one) => statementLine(one, facts, issue)),
  }
}

const MOST_STATEMENTS = 3

function spokenOf(facts: OrganisationFacts, { slug }: ServiceFacts) {
  const id = `${facts.slug}/${slug}`
  return standing(facts.statements, 'residents')
    .filter(({ services }) => services.some((one) => one.id === id))
    .slice(0, MOST_STATEMENTS)
}

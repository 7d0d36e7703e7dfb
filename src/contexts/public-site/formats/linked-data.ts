import { mainLanguage } from '#contexts/estate'
import type { ContactRoute } from '#contexts/statements'
import { type Words, wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts, ServiceFacts } from '../core/facts.ts'
import { latestSaid } from '../core/said.ts'
import { marked, story } from '../core/words.ts'
import { homeOf, statementUrl } from './names.ts'
import { headlineOf, partsOf, practice, textOf } from './said.ts'
import { nowOf } from './updates.ts'

const CONTEXT = 'https://schema.org'

/** schema.org: the council, how it is reached, and what it said last. */
export function organisationData(facts: OrganisationFacts, issue: Issue): object {
  const home = homeOf(issue, facts.slug)
  const latest = latestSaid(facts.statements, 'residents')
  const words = wordsIn(issue.language)
  return {
    '@context': CONTEXT,
    '@type': 'GovernmentOrganization',
    '@id': home,
    name: marked(facts.exercise, facts.name, words),
    url: home,
    description: nowOf(facts, words),
    areaServed: areaOf(facts, words),
    contactPoint: routesOf(facts.routes).map(contactPoint),
    ...(latest ? { subjectOf: announcement(facts, latest.statement, issue) } : {}),
  }
}

export function serviceData(facts: OrganisationFacts, service: ServiceFacts, issue: Issue): object {
  const { exercise, slug } = facts
  const home = homeOf(issue, slug)
  const words = wordsIn(issue.language)
  const now = story([service], words) ?? words.say('story.undated', { level: words.say('level.normal') })
  return {
    '@context': CONTEXT,
    '@type': 'GovernmentService',
    name: marked(exercise, service.name, words),
    url: `${home}/services/${service.slug}`,
    description: marked(exercise, now, words),
    provider: { '@type': 'GovernmentOrganization', '@id': home, name: marked(exercise, facts.name, words) },
    areaServed: areaOf(facts, words),
    ...(service.lgsl === null
      ? {}
      : { identifier: { '@type': 'PropertyValue', propertyID: 'LGSL', value: service.lgsl } }),
    availableChannel: routesOf(service.routes).map((route) => ({
      '@type': 'ServiceChannel',
      ...(route.kind === 'web' ? { serviceUrl: route.address } : { servicePhone: contactPoint(route) }),
    })),
  }
}

/** Of a statement only what residents are told: press and partners have no place in search. */
export function statementData(facts: OrganisationFacts, statement: number, issue: Issue): object {
  return { '@context': CONTEXT, ...announcement(facts, statement, issue) }
}

function announcement(facts: OrganisationFacts, statement: number, issue: Issue): object {
  const { exercise } = facts
  const words = wordsIn(issue.language)
  const home = homeOf(issue, facts.slug)
  const url = statementUrl(issue, facts.slug, statement)
  const version = facts.statements.findLast((one) => one.statement === statement && one.audience === 'residents')
  const about = {
    '@type': 'SpecialAnnouncement',
    '@id': url,
    url,
    inLanguage: mainLanguage(facts),
    spatialCoverage: areaOf(facts, words),
  }
  const publisher = { '@type': 'GovernmentOrganization', '@id': home, name: marked(exercise, facts.name, words) }
  if (!version) return { ...about, publisher }
  return {
    ...about,
    name: headlineOf(version, exercise, words),
    text: textOf([...practice(exercise, words), ...partsOf(version, words)]),
    datePosted: version.publishedAt,
    version: version.version,
    publisher,
    ...(version.nextUpdateAt === null ? {} : { expires: version.nextUpdateAt }),
  }
}

function areaOf({ exercise, name, gss }: OrganisationFacts, words: Words): object {
  return { '@type': 'AdministrativeArea', name: marked(exercise, name, words), ...(gss ? { identifier: gss } : {}) }
}

function routesOf(routes: readonly ContactRoute[]): ContactRoute[] {
  return routes.filter(
    ({ works, audiences, name, address }) => works && audiences.includes('residents') && name && address,
  )
}

const AS: Readonly<Partial<Record<ContactRoute['kind'], string>>> = {
  phone: 'telephone',
  text: 'telephone',
  email: 'email',
  web: 'url',
}

function contactPoint({ kind, name, address, purpose }: ContactRoute): object {
  const as = AS[kind]
  return { '@type': 'ContactPoint', contactType: purpose, description: name, ...(as ? { [as]: address } : {}) }
}

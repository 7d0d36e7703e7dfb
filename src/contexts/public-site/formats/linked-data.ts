import type { ContactRoute } from '#contexts/statements'
import { wordsIn } from '../core/catalogue/index.ts'
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
  return {
    '@context': CONTEXT,
    '@type': 'GovernmentOrganization',
    '@id': home,
    name: marked(facts.exercise, facts.name),
    url: home,
    description: nowOf(facts),
    areaServed: areaOf(facts),
    contactPoint: routesOf(facts.routes).map(contactPoint),
    ...(latest ? { subjectOf: announcement(facts, latest.statement, issue) } : {}),
  }
}

export function serviceData(facts: OrganisationFacts, service: ServiceFacts, issue: Issue): object {
  const { exercise, slug } = facts
  const home = homeOf(issue, slug)
  const now = story([service]) ?? wordsIn().say('story.undated', { level: wordsIn().say('level.normal') })
  return {
    '@context': CONTEXT,
    '@type': 'GovernmentService',
    name: marked(exercise, service.name),
    url: `${home}/services/${service.slug}`,
    description: marked(exercise, now),
    provider: { '@type': 'GovernmentOrganization', '@id': home, name: marked(exercise, facts.name) },
    areaServed: areaOf(facts),
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
  const home = homeOf(issue, facts.slug)
  const url = statementUrl(issue, facts.slug, statement)
  const version = facts.statements.findLast((one) => one.statement === statement && one.audience === 'residents')
  const about = { '@type': 'SpecialAnnouncement', '@id': url, url, inLanguage: 'en-GB', spatialCoverage: areaOf(facts) }
  const publisher = { '@type': 'GovernmentOrganization', '@id': home, name: marked(exercise, facts.name) }
  if (!version) return { ...about, publisher }
  return {
    ...about,
    name: headlineOf(version, exercise),
    text: textOf([...practice(exercise), ...partsOf(version)]),
    datePosted: version.publishedAt,
    version: version.version,
    publisher,
    ...(version.nextUpdateAt === null ? {} : { expires: version.nextUpdateAt }),
  }
}

function areaOf({ exercise, name, gss }: OrganisationFacts): object {
  return { '@type': 'AdministrativeArea', name: marked(exercise, name), ...(gss ? { identifier: gss } : {}) }
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

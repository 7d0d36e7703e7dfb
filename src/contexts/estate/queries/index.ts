import Type from 'typebox'
import { fields, Id, query } from '#command'
import { isRefusal, ROLES } from '#kernel'
import { EstateFiles } from '../commands/index.ts'
import { leastKeepAlive, singlePointsOfFailure } from '../core/impact/index.ts'
import { describePlan, planRevision } from '../core/plan.ts'
import { refuse } from '../core/refusals.ts'
import { toEstate } from '../core/state.ts'
import { estateOf, estates, nodeName, organisationOf } from '../projections/estates.ts'
import { worldGraph } from '../projections/world-graph.ts'
import { readImport } from '../read-import.ts'

const organisation = query({
  name: 'organisation',
  summary: 'The organisation itself: name, code, and whether it is live or part of an exercise',
  input: fields({}),
  roles: ROLES,
  read: (_input, { models, organisation: slug }) => ({ ...organisationOf(models, slug) }),
})

const estate = query({
  name: 'estate',
  summary: 'Services and components with what they need',
  input: fields({}),
  roles: ROLES,
  read: (_input, { models, organisation: slug }) => ({ ...estateOf(models, slug) }),
})

const estatePlan = query({
  name: 'estate-plan',
  summary: 'What an import of these files would add, change and retire; changes nothing',
  method: 'POST',
  input: fields({ files: EstateFiles }),
  roles: ROLES,
  read({ files }, { models, organisation: slug }) {
    const read = readImport(models, slug, files)
    if (isRefusal(read)) return read
    const plan = planRevision(toEstate(models.of(estates, slug)), read.estate)
    return { plan, lines: describePlan(plan), warnings: read.warnings }
  },
})

const keepAlive = query({
  name: 'least-keep-alive',
  summary: 'The smallest set of components that must be kept up for a service to run',
  description: 'Where `exact` is false the search was cut short: no set is smaller than `lowerBound`.',
  input: fields({ service: Id }),
  roles: ROLES,
  read({ service }, { models, organisation: slug }) {
    const graph = worldGraph(models, slug)
    const node = graph.index.get(service.includes('/') ? service : `${slug}/${service}`)
    if (node === undefined || graph.isService[node] !== 1)
      return refuse('unknown-service', `${service} is not a service here. Look up its id in the estate.`)
    const least = leastKeepAlive(graph, [node])
    if (!least) return { service: graph.ids[node]!, components: null, exact: true, lowerBound: 0 }
    const components = least.components.map((component) => {
      const id = graph.ids[component]!
      return { id, name: nodeName(models, id) }
    })
    return { service: graph.ids[node]!, components, exact: least.exact, lowerBound: least.lowerBound }
  },
})

const singlePoints = query({
  name: 'single-points-of-failure',
  summary: 'Components whose loss alone stops services, by how many they stop',
  input: fields({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
  roles: ROLES,
  read({ limit = 50 }, { models, organisation: slug }) {
    const graph = worldGraph(models, slug)
    const points = singlePointsOfFailure(graph, { organisation: slug })
    return {
      points: points.slice(0, limit).map(({ component, services }) => {
        const id = graph.ids[component]!
        return { id, name: nodeName(models, id), services: services.map((service) => graph.ids[service]!) }
      }),
    }
  },
})

export const queries = [organisation, estate, estatePlan, keepAlive, singlePoints]

import type { Context } from '#command'
import { estateOf, type NodeId, nearest } from '#contexts/estate'
import { isRefusal, type Refusal } from '#kernel'
import { refuse } from '../core/refusals.ts'

/** The organisation's own service under its full id; it may be named without the organisation. */
export function ownService({ models, organisation }: Context, id: string, pointer: string): NodeId | Refusal {
  const full = id.includes('/') ? id : `${organisation}/${id}`
  const services = estateOf(models, organisation)?.services.map((service) => service.id) ?? []
  if (services.includes(full)) return full
  const near = nearest(full, services)
  return refuse('unknown-service', `${full} is not a service here.${near ? ` Did you mean ${near}?` : ''}`, [
    { pointer, detail: 'is not a service of this organisation' },
  ])
}

export function ownServices(context: Context, ids: readonly string[]): NodeId[] | Refusal {
  const found: NodeId[] = []
  for (const [position, id] of ids.entries()) {
    const service = ownService(context, id, `/services/${position}`)
    if (isRefusal(service)) return service
    if (!found.includes(service)) found.push(service)
  }
  return found
}

import type { PageRequest } from '#command'
import { home } from './place.ts'

/** Where a fact can be looked at in the console; null where it is another organisation's. */
export function factHref(fact: string, { frame, organisation }: PageRequest): string | null {
  const [kind = '', id = ''] = fact.split(' ')
  const local = id.startsWith(`${organisation}/`) ? id.slice(organisation.length + 1) : null
  switch (kind) {
    case 'service':
    case 'forecast':
      return local && `${home(frame)}/estate/services/${local}`
    case 'component':
    case 'condition':
      return local && `${home(frame)}/estate/components/${local}`
    case 'isolation':
    case 'expected':
      return local && `${home(frame)}/evidence/${local}`
    case 'route':
      return `${home(frame)}/contact-routes`
    case 'line':
      return `${home(frame)}/standing-lines`
    case 'advice':
    case 'override':
      return `${home(frame)}/service-words`
    case 'incident':
      return `${home(frame)}/incidents/${id}`
    default:
      return `${home(frame)}/`
  }
}

import { type Frame, page } from '#command'
import { isRefusal, ROLES } from '#kernel'
import { componentOf, serviceOf } from '../projections/estates.ts'
import { nodePath } from './place.ts'
import { counted } from './say.ts'
import { views } from './views.ts'

export interface SinglePointsView {
  readonly frame: Frame
  readonly title: string
  readonly back: string
  readonly points: readonly {
    readonly href: string
    readonly name: string
    readonly stops: string
    readonly services: readonly { readonly href: string; readonly name: string }[]
  }[]
}

interface Found {
  readonly points: readonly { readonly id: string; readonly name: string; readonly services: readonly string[] }[]
}

export const singlePointsPage = page({
  method: 'GET',
  path: '/estate/single-points',
  roles: ROLES,
  async handle({ ask, frame, models }) {
    const found = await ask('single-points-of-failure', { limit: 100 })
    if (isRefusal(found)) return found
    const points = (found as Found).points.map(({ id, name, services }) => ({
      href: nodePath(frame, { id }, componentOf(models, id) === null),
      name,
      stops: `stops ${counted(services.length, 'service')}`,
      services: services.map((service) => ({
        href: nodePath(frame, { id: service }, true),
        name: serviceOf(models, service)?.name ?? service,
      })),
    }))
    return { html: views.render('single-points.njk', singlePointsView(frame, points)) }
  },
})

export function singlePointsView(frame: Frame, points: SinglePointsView['points']): SinglePointsView {
  return { frame, title: 'Single points of failure', back: `/console/${frame.organisation.slug}/estate`, points }
}

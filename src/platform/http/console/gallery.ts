import type { FastifyInstance } from 'fastify'
import type { Exhibit } from './options.ts'
import { sendHtml, sendPlain } from './plain.view.ts'

/** `/console/gallery`, in development: every page of every room in each of its states, from the tests' own fixtures. */
export function registerGallery(app: FastifyInstance, exhibits: readonly Exhibit[]): void {
  app.get('/console/gallery', async (_request, reply) =>
    sendPlain(reply, 200, {
      title: 'Gallery',
      says: ['Every page of the console in each of its states. All of it is invented.'],
      links: exhibits.map(({ room, name }, number) => ({
        href: `/console/gallery/${number}`,
        text: `${room}: ${name}`,
      })),
    }),
  )
  app.get<{ Params: { number: string } }>('/console/gallery/:number', async (request, reply) => {
    const exhibit = exhibits[Number(request.params.number)]
    return exhibit ? sendHtml(reply, 200, await exhibit.html()) : reply.callNotFound()
  })
}

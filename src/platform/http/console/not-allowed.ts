import type { FastifyInstance } from 'fastify'
import { sendPlain } from './plain.view.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Watches the routes of a scope; what it gives, called after the last of them, answers their other methods: 405, as a page. */
export function watchRoutes(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    if (methods.has('GET')) methods.add('HEAD')
    taken.set(url, methods)
  })
  return () => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].join(', ')
      app.route({
        method: METHODS.filter((one) => !methods.has(one)),
        url,
        // Before any body is read: there is nothing that it could be for.
        onRequest: async (_request, reply) =>
          sendPlain(reply.header('allow', allow), 405, {
            title: 'This page does not take that',
            says: ['Open it from the console instead of sending something to it.'],
            links: [{ href: '/console', text: 'Go to the console' }],
          }),
        handler: async (_request, reply) => reply.callNotFound(),
      })
    }
  }
}

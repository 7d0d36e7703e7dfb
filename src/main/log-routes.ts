import type { RawAnswer, RawRoute } from '#platform/http'
import type { Late } from './late.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/**
 * C2SP tlog-tiles of each organisation's log, for witnesses and whoever checks: signed checkpoints and hashes, never an
 * entry. Tiles may run ahead of the last checkpoint by what is not signed yet.
 */
export function logRoutes(late: Late): RawRoute[] {
  return [
    {
      method: 'GET',
      path: '/:organisation/log/checkpoint',
      async handle({ params }) {
        const journal = late.application?.journal
        const organisation = params.organisation!
        if (!journal) return starting(late)
        if (journal.models.position(organisation) === 0) return missing('There is no such log.')
        const { checkpoints } = journal
        const latest = (await checkpoints.latest(organisation)) ?? (await checkpoints.sign(organisation))
        return plain(latest!.note, 'no-cache')
      },
    },
    {
      method: 'GET',
      path: '/:organisation/log/tile/*',
      async handle({ params }) {
        const journal = late.application?.journal
        if (!journal) return starting(late)
        const bytes = await journal.tile(params.organisation!, `tile/${params['*']}`)
        if (!bytes) return missing('This log has no such tile.')
        return { status: 200, type: 'application/octet-stream', body: bytes, headers: { 'cache-control': FOREVER } }
      },
    },
  ]
}

function plain(body: string, cache: string): RawAnswer {
  return { status: 200, type: 'text/plain; charset=utf-8', body, headers: { 'cache-control': cache } }
}

function missing(words: string): RawAnswer {
  return { status: 404, type: 'text/plain; charset=utf-8', body: `${words}\n` }
}

function starting(late: Late): RawAnswer {
  const { title, detail } = late.starting()
  const headers = { 'retry-after': '5', 'cache-control': 'no-store' }
  return { status: 503, type: 'text/plain; charset=utf-8', body: `${title}. ${detail}\n`, headers }
}

import Type from 'typebox'
import { fields, query } from '#command'
import { ROLES } from '#kernel'

/** `GET /api/v1/{organisation}/journal?after=N&limit=M`: entries in order; `next` is the `after` of the next page, or null. */
export const journalQuery = query({
  name: 'journal',
  summary: 'The journal, entry by entry',
  description: 'Sealed words that have been erased are missing from `data` and named in `erased`.',
  input: fields({
    after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  roles: ROLES,
  async read({ after = 0, limit = 100 }, { readJournal }) {
    const entries = await readJournal(after, limit)
    return {
      entries: entries.map(({ organisation: _, ...entry }) => entry),
      next: entries.length === limit ? entries.at(-1)!.number : null,
    }
  },
})

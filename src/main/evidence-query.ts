import Type from 'typebox'
import { fields, query } from '#command'
import type { Journal } from '#journal'
import { ROLES, refusals } from '#kernel'

export const refuse = refusals({ 'unknown-entry': { kind: 'not-found', title: 'There is no such journal entry' } })

/** `GET /api/v1/{organisation}/evidence?number=N`: the leaf of an entry with a proof that a signed checkpoint covers it. */
export function evidenceQuery(journal: () => Journal) {
  return query({
    name: 'evidence',
    summary: 'That an entry stands in the journal: its leaf, a signed checkpoint and the proof between them',
    description:
      'Formats: C2SP tlog-checkpoint, tlog-proof and signed-note; RFC 6962 hashing. Typed words appear as digests.',
    input: fields({ number: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
    roles: ROLES,
    async read({ number }, { organisation, models }) {
      // A number beyond the journal is refused before the database is asked.
      const found = number <= models.position(organisation) ? await journal().evidence(organisation, number) : null
      return found ?? refuse('unknown-entry', `The journal has ${models.position(organisation)}, numbered from 1.`)
    },
  })
}

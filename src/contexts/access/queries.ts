import Type from 'typebox'
import { fields, query } from '#command'
import { standing, tokens } from './projections/tokens.ts'

export const tokensQuery = query({
  name: 'tokens',
  summary: 'The tokens of this organisation: role, age and standing, without their hashes',
  input: fields({}),
  roles: ['admin'],
  answers: Type.Object({ tokens: Type.Array(Type.Object({})) }),
  read(_input, { models, organisation, now }) {
    const records = [...models.of(tokens, organisation).byId.values()]
    return {
      tokens: records.map((record) => {
        const { id, name, role, issuedAt, issuedBy, expiresAt, revokedAt } = record
        return { token: id, name, role, standing: standing(record, now), issuedAt, issuedBy, expiresAt, revokedAt }
      }),
    }
  },
})

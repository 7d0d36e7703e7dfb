import Type from 'typebox'
import { fields, oneOf } from '#command'
import { AUDIENCES } from '../core/events.ts'

/** A short name of the caller's choosing, for addresses and later commands. */
export const Slug = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
  description: 'lower-case letters, numbers and inner hyphens',
  examples: ['emergency-duty-team'],
})
export const AudienceName = oneOf(AUDIENCES)
export const Audiences = Type.Array(AudienceName, { minItems: 1, maxItems: AUDIENCES.length, uniqueItems: true })
export const StatementNumber = Type.Integer({ minimum: 1, description: 'number of the statement' })

const Part = Type.String({ maxLength: 10_000 })
export const WordingInput = fields({
  headline: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  known: Part,
  notKnown: Part,
  doing: Part,
  advice: Part,
  next: Part,
})

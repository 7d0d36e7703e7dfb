import Type, { type TObject, type TProperties, type TUnsafe } from 'typebox'
import Format from 'typebox/format'
import { parseDuration, parseInstant } from '#kernel'

Format.Set('instant', (text) => parseInstant(text) !== null)
Format.Set('iso-duration', (text) => parseDuration(text) !== null)

/** RFC 3339 with an offset. */
export const InstantText = Type.String({
  format: 'instant',
  maxLength: 40,
  description: 'RFC 3339 time with an offset',
  examples: ['2025-11-25T06:30:00Z'],
})
/** ISO 8601 duration in weeks, days, hours, minutes, seconds. */
export const DurationText = Type.String({
  format: 'iso-duration',
  maxLength: 40,
  description: 'ISO 8601 duration without years and months',
  examples: ['PT4H'],
})

/** One line for a heading. */
export const Line = Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' })
/** A paragraph or several. */
export const Words = Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' })
export const Id = Type.String({ minLength: 1, maxLength: 150, description: 'identifier' })

export function oneOf<const Values extends readonly string[]>(
  values: Values,
  description?: string,
): TUnsafe<Values[number]> {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...(description ? { description } : {}) })
}

/** An object that takes these properties and no others: a misspelt one is an error, not silence. */
export function fields<Properties extends TProperties>(properties: Properties): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false })
}

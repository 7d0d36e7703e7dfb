import type { JsonSchema } from '#kernel'

interface Schema {
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * A query string's texts as the input that the schema describes: numbers and booleans where it takes no text, lists where
 * it takes lists. What does not look like its type stays as it is, for the schema to refuse in its own words.
 */
export function inputFromQuery(schema: JsonSchema, query: Readonly<Record<string, string | string[]>>): object {
  const properties = (schema as Schema).properties ?? {}
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      coerced(Object.hasOwn(properties, name) ? properties[name]! : {}, value),
    ]),
  )
}

function coerced(schema: Schema, value: string | string[]): unknown {
  const types = typesOf(schema)
  if (types.has('array')) return [value].flat().map((one) => coerced(schema.items ?? {}, one))
  // The same name twice is a list, which the schema of a single value refuses.
  if (typeof value !== 'string' || types.has('string')) return value
  if ((types.has('number') || types.has('integer')) && NUMBER.test(value)) return Number(value)
  if (types.has('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function typesOf(schema: Schema): Set<string> {
  const own = schema.type === undefined ? [] : [schema.type].flat()
  return new Set([...own, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => [...typesOf(one)])])
}

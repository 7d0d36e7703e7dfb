import fc from 'fast-check'

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly format?: string
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
}

/** Any value that a declared input schema accepts; `known` are identifiers worth trying where any text will do. */
export function fromSchema(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const text = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...known) },
    fc.string({ minLength: 1, maxLength: 20 }).map((word) => `${word}x`),
  )
  const of = (part: Schema): fc.Arbitrary<unknown> => {
    if (part.enum) return fc.constantFrom(...part.enum)
    if (part.anyOf) return fc.oneof(...part.anyOf.map((one) => of({ ...one, type: one.type ?? part.type ?? 'string' })))
    if (part.type === 'object') {
      const fields = Object.entries(part.properties ?? {}).map(([name, one]) => [name, of(one)])
      const requiredKeys = [...(part.required ?? [])]
      return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys })
    }
    if (part.type === 'array') return fc.array(of(part.items ?? {}), { minLength: 1, maxLength: 4 })
    if (part.type === 'boolean') return fc.boolean()
    if (part.type === 'integer' || part.type === 'number')
      return fc.integer({ min: part.minimum ?? 0, max: Math.min(part.maximum ?? 100, 100) })
    if (part.format === 'instant')
      return fc.oneof(
        fc
          .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.constantFrom(
          '2025-11-25T06:30:00Z',
          '9999-12-31T23:59:59Z',
          '0000-01-01T00:00:00Z',
          '2025-11-25T06:30:00+14:00',
        ),
      )
    if (part.format === 'iso-duration') return fc.constantFrom('PT4H', 'P5D', 'P100000000D', 'PT0S', 'P9000W')
    if (part.pattern?.startsWith('^[A-Z]')) return fc.constant('E09000033')
    return text
  }
  return of(schema)
}

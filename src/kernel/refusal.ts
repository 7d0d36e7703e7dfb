/**
 * input: what was sent is malformed. forbidden: this caller may not. not-found: no such thing.
 * state: well-formed, but not as things stand. conflict: somebody else was first; reading again may help.
 * unavailable: not now (database gone, disk full); trying again later may help.
 */
export type RefusalKind = 'input' | 'forbidden' | 'not-found' | 'state' | 'conflict' | 'unavailable'

export interface InputError {
  /** RFC 6901 pointer into the input. */
  readonly pointer: string
  readonly detail: string
}

/** An expected "no", as a value. Broken invariants throw instead. */
export interface Refusal {
  readonly refused: string
  readonly kind: RefusalKind
  readonly title: string
  readonly detail: string
  readonly errors?: readonly InputError[]
}

export interface RefusalWords {
  readonly kind: RefusalKind
  readonly title: string
}

/** Each code that can be refused with. */
export type RefusalCatalogue = Readonly<Record<string, RefusalWords>>

/**
 * A room's closed list of refusal codes. `refuse('code', 'what to do')` gives the value.
 * The title is the same each time (RFC 9457, 3.1.3); the detail says what to do this time.
 */
export function refusals<Code extends string>(catalogue: Record<Code, RefusalWords>) {
  const refuse = (code: Code, detail: string, errors?: readonly InputError[]): Refusal => ({
    refused: code,
    ...catalogue[code],
    detail,
    ...(errors ? { errors } : {}),
  })
  return Object.assign(refuse, { catalogue: catalogue as RefusalCatalogue })
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && 'kind' in value
}

import { type Instant, instant, type Millis, parseInstant, ROLES } from '#kernel'
import type { CheckboxesOptions, SelectOptions } from '#platform/views'
import { ROLE_WORDS } from './role-words.ts'

const HOUR: Millis = 3_600_000
const CHOICES: readonly { readonly value: string; readonly text: string; readonly hours: number | null }[] = [
  { value: '', text: 'Until it is withdrawn', hours: null },
  { value: '12h', text: '12 hours', hours: 12 },
  { value: '3d', text: '3 days', hours: 72 },
  { value: '1w', text: '1 week', hours: 168 },
  { value: '4w', text: '4 weeks', hours: 672 },
]

export function lastingField(value = ''): SelectOptions {
  return {
    id: 'lasting',
    name: 'lasting',
    label: { text: 'For how long?' },
    value,
    items: CHOICES.map(({ value, text }) => ({ value, text })),
  }
}

/** The end of a role. Counted from when the form was made: the same form sent twice must mean the same. */
export function expiryOf(form: URLSearchParams, now: Millis): { expiresAt?: Instant } {
  const hours = CHOICES.find(({ value }) => value === form.get('lasting'))?.hours ?? null
  const from = parseInstant(form.get('madeAt') ?? '') ?? now
  return hours === null ? {} : { expiresAt: instant(from + hours * HOUR) }
}

export function rolesField(values: readonly string[], wrong?: { readonly text: string }): CheckboxesOptions {
  return {
    idPrefix: 'role',
    name: 'role',
    fieldset: { legend: { text: 'Roles here' } },
    ...(wrong ? { errorMessage: wrong } : {}),
    items: ROLES.map((value) => ({
      value,
      text: ROLE_WORDS[value].text,
      hint: { text: ROLE_WORDS[value].hint },
      checked: values.includes(value),
    })),
  }
}

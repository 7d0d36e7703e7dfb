type Category = Intl.LDMLPluralRule

/** One form for each plural category that the language has; `count` chooses. */
export type Plural = { readonly [One in Category]?: string } & { readonly other: string }
/** `{name}` stands for a parameter. */
export type Text = string | Plural

type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never
type NamesOf<T> = T extends string ? Placeholders<T> : 'count' | Placeholders<T[keyof T]>

/** What must be given beside the key: nothing where the text has no parameter. */
export type Given<T> = [NamesOf<T>] extends [never]
  ? []
  : [given: { readonly [Name in NamesOf<T>]: Name extends 'count' ? number : string | number }]

export const PLACEHOLDER = /\{(\w+)\}/

export function placeholdersOf(text: string): string[] {
  return text.split(PLACEHOLDER).filter((_, position) => position % 2 === 1)
}

/** The same text with every form of it changed. */
export function mapForms(text: Text, change: (form: string) => string): Text {
  if (typeof text === 'string') return change(text)
  const forms = Object.entries(text).map(([category, form]) => [category, change(form)])
  return Object.fromEntries(forms) as Plural
}

export type Fill = (given?: Readonly<Record<string, string | number>>) => string

/** Taken apart once: pages are made of thousands of these. */
export function prepare(text: Text, rules: Intl.PluralRules): Fill {
  if (typeof text === 'string') return prepareForm(text)
  const forms = new Map(Object.entries(text).map(([category, form]) => [category, prepareForm(form)]))
  const other = prepareForm(text.other)
  return (given) => (forms.get(rules.select(Number(given?.count))) ?? other)(given)
}

function prepareForm(text: string): Fill {
  const parts = text.split(PLACEHOLDER)
  if (parts.length === 1) return () => text
  return (given = {}) => parts.map((part, position) => (position % 2 === 1 ? String(given[part]) : part)).join('')
}

/** How a component is named to residents. A proper name ("Teams", "City Hall") takes no "our". */
export interface PlainName {
  readonly text: string
  readonly proper: boolean
}

/** "Sign-in (directory)" to "sign-in", "Corporate network" to "corporate network"; "City Hall" and "CCTV network" stay. */
export function plainName(name: string): PlainName {
  const text = name.replace(/\s*\([^)]*\)/g, '').trim() || name
  const [first = '', ...others] = text.split(/\s+/)
  const acronym = /^\p{Lu}{2}/u.test(first)
  const proper =
    !acronym && !first.includes('-') && (others.length === 0 || others.some((word) => /^\p{Lu}\p{Ll}/u.test(word)))
  const lower = proper || acronym ? text : text.charAt(0).toLowerCase() + text.slice(1)
  return { text: lower, proper }
}

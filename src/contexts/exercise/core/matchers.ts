import type { Json } from '#kernel'
import { nearest } from './nearest.ts'
import { lastFooting, pointedTo } from './pointer.ts'

export const MATCHERS = ['is', 'isNot', 'contains', 'startsWith', 'atLeast', 'absent'] as const
export type MatcherName = (typeof MATCHERS)[number]

/** One thing expected of an answer. All but `absent` need something to be there: a misspelt pointer holds nothing. */
export interface Check {
  readonly line: number
  /** RFC 6901. */
  readonly pointer: string
  readonly matcher: MatcherName
  /** A number for atLeast, a text for startsWith, true for absent. */
  readonly value: Json
}

/** Null when the answer is as expected; else a sentence that says what was expected and what was found. */
export function mismatch(check: Check, answer: Json): string | null {
  const { matcher, pointer } = check
  const found = pointedTo(answer, pointer)
  if (holds(matcher, check.value, found)) return null
  const place = pointer === '' ? 'the whole answer' : pointer
  return `${place}: expected ${inWords(matcher, check.value)}, found ${found === undefined ? missing(answer, pointer) : show(found)}`
}

function holds(matcher: MatcherName, expected: Json, found: Json | undefined): boolean {
  if (matcher === 'absent') return found === undefined
  if (found === undefined) return false
  switch (matcher) {
    case 'is':
      return sameJson(found, expected)
    case 'isNot':
      return !sameJson(found, expected)
    case 'contains':
      if (Array.isArray(found)) return found.some((item) => sameJson(item, expected))
      return typeof found === 'string' && typeof expected === 'string' && found.includes(expected)
    case 'startsWith':
      return typeof found === 'string' && typeof expected === 'string' && found.startsWith(expected)
    case 'atLeast':
      return typeof found === 'number' && typeof expected === 'number' && found >= expected
  }
}

function inWords(matcher: MatcherName, value: Json): string {
  switch (matcher) {
    case 'is':
      return show(value)
    case 'isNot':
      return `anything but ${show(value)}`
    case 'contains':
      return typeof value === 'string'
        ? `a list with ${show(value)} or a text with that part`
        : `a list with ${show(value)}`
    case 'startsWith':
      return `a text that begins with ${show(value)}`
    case 'atLeast':
      return `a number not below ${show(value)}`
    case 'absent':
      return 'nothing there'
  }
}

function missing(answer: Json, pointer: string): string {
  const footing = lastFooting(answer, pointer)
  const lost = pointer.slice(footing.pointer.length + 1).split('/')[0]!
  const near = nearest(lost.replaceAll('~1', '/').replaceAll('~0', '~'), footing.keys)
  const place = footing.pointer === '' ? 'the answer' : footing.pointer
  return `nothing: ${place} has no ${show(lost)}${near === undefined ? '' : ` (there is ${show(near)})`}`
}

/** Equal as JSON values: the order of keys does not matter, the order of lists does. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]!))
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key]!, b[key]!))
  )
}

function show(value: Json): string {
  const text = JSON.stringify(value)
  return text.length <= 300 ? text : `${text.slice(0, 300).toWellFormed()}... (${text.length} characters)`
}

import { isSlug, parseDuration } from '#kernel'
import { type Mistakes, shown } from './mistake.ts'
import { nearest } from './nearest.ts'
import { nameOfKind, type Value } from './value.ts'

const LONGEST_NAME = 200

/** Words that YAML programs read as no text: here they are asked to be quoted, so that all programs read the same. */
const DOUBTFUL = /^(?:yes|no|on|off|true|false|null|~|\d{4}-\d\d?-\d\d?.*|[-+]?[\d_.:]+)$/i

/** What every check needs: where the value stands for people (`pointer`) and what it is called there (`key`). */
export interface Spot {
  readonly mistakes: Mistakes
  readonly pointer: string | undefined
  readonly key: string
}

function wrong(spot: Spot, value: Value, message: string, expected: string, suggestion?: string): undefined {
  const pointer = spot.pointer === undefined ? {} : { pointer: spot.pointer }
  spot.mistakes.add(value.place, { ...pointer, message, expected, ...(suggestion ? { suggestion } : {}) })
  return undefined
}

/** One line of text of 1 to 200 characters; undefined with a mistake added where it is not. */
export function text(spot: Spot, value: Value): string | undefined {
  if (
    value.kind === 'number' ||
    value.kind === 'flag' ||
    (value.kind === 'text' && value.bare && DOUBTFUL.test(value.text))
  )
    return wrong(
      spot,
      value,
      `${spot.key}: ${value.text} without quotes is not text`,
      `it in quotes: ${shown(value.text)}`,
    )
  if (value.kind !== 'text') return wrong(spot, value, `${spot.key} is ${nameOfKind(value)}`, 'text')
  const line = value.text.replace(/\s*[\r\n\u2028\u2029\u0085]\s*/g, ' ').trim()
  if (line === '') return wrong(spot, value, `${spot.key} is empty`, 'text')
  if (line.includes('\0') || !line.isWellFormed())
    return wrong(
      spot,
      value,
      `${spot.key} ${shown(line)} holds what is no character`,
      'whole characters, without U+0000',
    )
  if (line.length <= LONGEST_NAME) return line
  return wrong(spot, value, `${spot.key} has ${line.length} characters`, `at most ${LONGEST_NAME}`)
}

export function id(spot: Spot, value: Value): string | undefined {
  const word = text(spot, value)
  if (word === undefined || isSlug(word)) return word
  const better = word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const expected = 'lower-case letters, digits and inner hyphens, at most 64'
  return wrong(spot, value, `${spot.key} ${shown(word)} cannot be used`, expected, isSlug(better) ? better : undefined)
}

export function oneOf<Word extends string>(spot: Spot, value: Value, words: readonly Word[]): Word | undefined {
  const said = value.kind === 'text' ? value.text.trim() : text(spot, value)
  if (said === undefined) return undefined
  const found = words.find((word) => word === said)
  if (found) return found
  return wrong(
    spot,
    value,
    `${spot.key} ${shown(said)} is not known`,
    `one of ${words.join(', ')}`,
    nearest(said, words),
  )
}

/** ISO 8601, as written. */
export function duration(spot: Spot, value: Value): string | undefined {
  const said = value.kind === 'text' ? value.text.trim() : undefined
  if (said !== undefined && parseDuration(said) !== null) return said
  const upper = said?.toUpperCase()
  const suggestion = upper !== undefined && parseDuration(upper) !== null ? upper : undefined
  const found = value.kind === 'text' || value.kind === 'number' ? shown(value.text) : nameOfKind(value)
  return wrong(
    spot,
    value,
    `${spot.key} ${found} is not a duration`,
    'an ISO 8601 duration such as PT4H or P5D',
    suggestion,
  )
}

export function wholeNumber(spot: Spot, value: Value, least: number, most: number): number | undefined {
  const loose = value.kind === 'text' && value.loose && /^\d{1,15}$/.test(value.text)
  const number = value.kind === 'number' ? value.number : loose ? Number(value.text) : undefined
  if (number !== undefined && Number.isInteger(number) && number >= least && number <= most) return number
  const found = value.kind === 'text' || value.kind === 'number' ? shown(value.text) : nameOfKind(value)
  const range =
    most === Number.MAX_SAFE_INTEGER ? `a whole number of ${least} or more` : `a whole number from ${least} to ${most}`
  return wrong(spot, value, `${spot.key} ${found} cannot be used`, range)
}

export function flag(spot: Spot, value: Value): boolean | undefined {
  if (value.kind === 'flag') return value.flag
  const said = value.kind === 'text' ? value.text.trim().toLowerCase() : ''
  const meant = /^(?:true|yes|y|1)$/.test(said) ? true : /^(?:false|no|n|0)$/.test(said) ? false : undefined
  if (value.kind === 'text' && value.loose && meant !== undefined) return meant
  const found = value.kind === 'text' || value.kind === 'number' ? shown(value.text) : nameOfKind(value)
  return wrong(spot, value, `${spot.key} ${found} is neither true nor false`, 'true or false', meant?.toString())
}

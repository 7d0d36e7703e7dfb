import { formatDuration, parseDuration } from '#kernel'
import type { ComponentKind, Need } from '../core/estate.ts'

export const KIND_WORDS: Record<ComponentKind, string> = {
  network: 'Network',
  site: 'Site',
  identity: 'Sign-in',
  platform: 'Platform',
  application: 'Application',
  data: 'Data',
  telephony: 'Telephony',
  channel: 'Channel',
  supplier: 'Supplier',
  team: 'Team',
}

const UNITS = [
  { word: 'week', millis: 604_800_000 },
  { word: 'day', millis: 86_400_000 },
  { word: 'hour', millis: 3_600_000 },
  { word: 'minute', millis: 60_000 },
  { word: 'second', millis: 1000 },
] as const

/** ISO 8601 as people say it: "P5D" is "5 days", "PT90M" is "1 hour 30 minutes". */
export function sayDuration(iso: string): string {
  let left = parseDuration(iso)
  if (left === null) return iso
  const parts: string[] = []
  for (const { word, millis } of UNITS.slice(1)) {
    const count = Math.floor(left / millis)
    left -= count * millis
    if (count > 0) parts.push(counted(count, word))
  }
  return parts.join(' ') || 'at once'
}

const TYPED = /^(\d+(?:\.\d+)?)\s*(w|d|h|m|min|mins|weeks?|days?|hours?|minutes?)\b\s*/i

/** What people write ("8 hours", "1 day 4 hours", "PT8H") as ISO 8601; null where it is no length of time. */
export function readDuration(text: string): string | null {
  let rest = text.trim().replace(/\s+/g, ' ')
  if (parseDuration(rest.toUpperCase()) !== null) return rest.toUpperCase()
  let millis = 0
  if (rest === '') return null
  while (rest !== '') {
    const found = TYPED.exec(rest)
    if (!found) return null
    const letter = found[2]!.charAt(0).toLowerCase()
    millis += Number(found[1]) * UNITS.find(({ word }) => word.startsWith(letter))!.millis
    rest = rest.slice(found[0].length).replace(/^(?:and|,) ?/, '')
  }
  return Number.isSafeInteger(Math.round(millis)) ? formatDuration(Math.round(millis)) : null
}

export function counted(count: number, word: string, words = `${word}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? word : words}`
}

/** "Stops without: ", "Limited 8 hours after losing: ", before the names of what is needed. */
export function sayNeed({ strength, buffer, anyOf, atLeast }: Need): string {
  const what = strength === 'uses' ? 'Limited' : 'Stops'
  const when = buffer === undefined ? 'without' : `${sayDuration(buffer)} after losing`
  return anyOf.length === 1 ? `${what} ${when}` : `${what} ${when} at least ${atLeast} of`
}

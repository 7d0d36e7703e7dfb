import { parseInstant } from '#kernel'
import { sayTime } from '#platform/words'
import type { Broken } from './fact-keys.ts'

const LEVELS: Record<string, string> = { normal: 'as usual', degraded: 'limited', stopped: 'stopped' }

/** "Report It: was stopped since 6:30am ...; now as usual." */
export function sayBroken({ fact, was, now }: Broken, nameOf: (id: string) => string): string {
  return `${sayFact(fact, nameOf)}: ${sayWas(fact, was)}; ${sayNow({ fact, was, now })}.`
}

const KINDS: Record<string, string> = {
  route: 'How to reach us',
  line: 'Standing line',
  advice: 'What to do instead',
  override: 'Status set by hand',
  condition: 'Cause',
  isolation: 'Disconnected under entry',
  expected: 'Expected back, entry',
  forecast: 'When it stops',
  incident: 'The incident',
}
const ALONE: Record<string, string> = {
  services: 'How many services are affected',
  'statutory-services': 'How many services that the law requires are affected',
  'next-update': 'The next update',
  'promised-update': 'The next update promised here',
}

/** What a fact is about, for people. */
export function sayFact(fact: string, nameOf: (id: string) => string): string {
  if (ALONE[fact]) return ALONE[fact]
  const [kind = '', ...rest] = fact.split(' ')
  const id = rest.join(' ')
  if (kind === 'service' || kind === 'component') return nameOf(id)
  if (kind === 'isolation' || kind === 'expected') return `${KINDS[kind]} ${id.slice(id.indexOf('/') + 1)}`
  if (kind === 'incident') return KINDS.incident!
  return `${KINDS[kind] ?? kind}, ${id.includes('/') ? nameOf(id) : id.replaceAll('-', ' ')}`
}

export function sayWas(fact: string, digest: string): string {
  return `was ${inWords(fact, digest)}`
}

export function sayNow({ fact, was, now }: Broken): string {
  if (now === null) return fact.startsWith('forecast') ? 'now not expected' : 'now gone'
  const words = inWords(fact, now)
  return words === inWords(fact, was) ? 'has been changed since' : `now ${words}`
}

/** What a digest says, in words. */
function inWords(fact: string, digest: string): string {
  const [kind] = fact.split(' ')
  const parts = digest.split(' ')
  const times = parts.flatMap((part) => parseInstant(part) ?? [])
  if (kind === 'service' || kind === 'forecast')
    return `${LEVELS[parts[0]!] ?? parts[0]}${times[0] === undefined ? '' : ` ${kind === 'service' ? 'since' : 'from'} ${sayTime(times[0])}`}`
  if (kind === 'component') return LEVELS[digest] ?? digest
  if (kind === 'services' || kind === 'statutory-services')
    return `${parts[1]} stopped, ${parts[3]} limited, ${parts[5]} as usual`
  if (kind === 'route') return parts[0] === 'works' ? 'working' : 'not working'
  if (kind === 'override') return `${LEVELS[parts[0]!] ?? parts[0]}`
  if (kind === 'condition') return `${parts[0]}${times[0] === undefined ? '' : ` since ${sayTime(times[0])}`}`
  if (kind === 'isolation') return `${parts[0]} ${parts[0] === '1' ? 'system' : 'systems'}`
  if (kind === 'expected')
    return `${sayTime(times[1]!)} as the likely time${digest.endsWith('passed') ? ', and the latest time has passed' : ''}`
  if (kind === 'incident') return digest === 'open' ? 'open' : 'stood down'
  if (kind?.endsWith('update')) return `${sayTime(times[0]!)}${digest.endsWith('overdue') ? ', and it is late' : ''}`
  return 'as it was recorded'
}

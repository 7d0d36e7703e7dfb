import { because } from '#contexts/incident'
import { sayTime } from '#platform/words'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts, ServiceFacts } from '../core/facts.ts'
import { capital, expectation, nextUpdate } from '../core/words.ts'
import { type Frame, frame } from './frame.view.ts'

export interface ServicePage extends Frame {
  readonly name: string
  readonly organisation: string
  readonly back: string
  readonly truth: string
  readonly reason: string | null
  readonly expectation: string | null
  readonly nextUpdate: string | null
  readonly impaired: boolean
}

const NOW = {
  stopped: 'this service is stopped',
  degraded: 'this service is limited',
  normal: 'this service is running as usual',
}

export function servicePage(facts: OrganisationFacts, service: ServiceFacts, issue: Issue): ServicePage {
  const { name, level, since, cause } = service
  const source = `${facts.name} records what its services stand on; this page follows from that.`
  const title = `${name} (${wordsIn().say(`level.${level}`).toLowerCase()}), ${facts.name}`
  const begun = since === null ? '' : `, and has been since ${sayTime(since)}`
  const impaired = level !== 'normal'
  return {
    ...frame({ title, owner: facts.name, home: `/${facts.slug}`, exercise: facts.exercise, source }, issue),
    name,
    organisation: facts.name,
    back: `/${facts.slug}`,
    truth: `At ${sayTime(issue.madeAt)}, ${NOW[level]}${begun}.`,
    reason: cause && `${capital(`this is because ${because(cause)}`)}.`,
    expectation: cause && expectation(cause),
    nextUpdate: impaired ? nextUpdate(facts) : null,
    impaired,
  }
}

import { type Millis, NEVER } from '#kernel'
import type { Evaluation } from './evaluation.ts'

export interface Breach {
  readonly service: number
  readonly stoppedFrom: Millis
  /** NEVER where the service has no such limit. */
  readonly rtoBreachedAt: Millis
  readonly mtpdBreachedAt: Millis
}

/** Every service that stops and has an RTO or MTPD, with the times when it breaches them (stopped time + limit); by service. */
export function breaches(evaluation: Evaluation): Breach[] {
  const { size, isService } = evaluation.graph
  const found: Breach[] = []
  for (let service = 0; service < size; service++) {
    if (isService[service] === 0 || evaluation.stoppedFrom[service] === NEVER) continue
    const breach = breachOf(evaluation, service)
    if (breach.rtoBreachedAt !== NEVER || breach.mtpdBreachedAt !== NEVER) found.push(breach)
  }
  return found
}

export function breachOf({ graph, stoppedFrom }: Evaluation, service: number): Breach {
  const from = stoppedFrom[service]!
  return {
    service,
    stoppedFrom: from,
    rtoBreachedAt: from + graph.rto[service]!,
    mtpdBreachedAt: from + graph.mtpd[service]!,
  }
}

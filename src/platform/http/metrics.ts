import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Gauge as DeclaredGauge } from './options.ts'

export interface Metrics {
  request(method: string, route: string, status: number, seconds: number | null): void
  command(name: string, outcome: string): void
  text(): Promise<string>
  readonly type: string
}

/** In Prometheus' words. Labels take only closed sets: route templates, declared names, codes. */
export function createMetrics(sources: {
  gauges: readonly DeclaredGauge[]
  streams: () => number
  published: Readonly<Record<number, number>>
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by route template',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the first byte read to the last byte written',
    labelNames: ['method', 'route'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const commands = new Counter({
    name: 'holdfast_commands_total',
    help: 'Commands given, by outcome: done, already-so, failed, or the code of the refusal',
    labelNames: ['command', 'outcome'] as const,
    registers,
  })
  // Public pages are counted as plain numbers where they are served, and become a metric only when somebody looks.
  new Counter({
    name: 'holdfast_public_requests_total',
    help: 'Public pages and feeds served from memory',
    labelNames: ['status'] as const,
    registers,
    collect() {
      this.reset()
      for (const [status, count] of Object.entries(sources.published)) this.inc({ status }, count)
    },
  })
  const own = { name: 'holdfast_event_streams', help: 'Event streams open now', read: sources.streams }
  for (const { name, help, label, read } of [own, ...sources.gauges] as readonly DeclaredGauge[])
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      collect() {
        const reading = read()
        if (typeof reading === 'number') this.set(reading)
        else for (const [value, number] of Object.entries(reading)) this.set({ [label!]: value }, number)
      },
    })
  collectDefaultMetrics({ register: registry })

  return {
    request(method, route, status, seconds) {
      requests.inc({ method, route, status: String(status) })
      if (seconds !== null) durations.observe({ method, route }, seconds)
    },
    command: (command, outcome) => commands.inc({ command, outcome }),
    text: () => registry.metrics(),
    type: registry.contentType,
  }
}

import { isIPv4 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Answer } from './answer.ts'
import type { Gate } from './gate.ts'
import type { Metrics } from './metrics.ts'
import type { HttpOptions } from './options.ts'
import { isProblem } from './problem.ts'

const PATIENCE_MILLIS = 5000

/** Liveness, readiness and metrics: for the machines that look after this one. */
export function registerMachineRoutes(
  app: FastifyInstance,
  health: HttpOptions['health'],
  { answer, gate, metrics, trustProxy }: { answer: Answer; gate: Gate; metrics: Metrics; trustProxy: boolean },
): void {
  app.get('/healthz', async (request, reply) => answer.object(request, reply, { alive: true }))

  app.get('/readyz', async (request, reply) => {
    const { ready, problems } = await readiness(health)
    if (!ready) reply.code(503).header('retry-after', '5')
    return answer.object(request, reply, { ready, problems })
  })

  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request, trustProxy)) {
      const admitted = gate.admit(request, reply, null)
      if (isProblem(admitted)) return answer.problem(request, reply, admitted)
    }
    return reply
      .type(metrics.type)
      .header('cache-control', 'no-store')
      .send(await metrics.text())
  })
}

async function readiness(health: HttpOptions['health']): Promise<{ ready: boolean; problems: readonly string[] }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<{ ready: boolean; problems: string[] }>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, problems: ['The checks did not end in time.'] }), PATIENCE_MILLIS)
  })
  try {
    return await Promise.race([health.ready(), late])
  } catch {
    return { ready: false, problems: ['The checks failed; the log says why.'] }
  } finally {
    clearTimeout(timer)
  }
}

/** Behind a proxy on the same machine every caller has a loopback address: then what it forwards for decides. */
function isLocal(request: FastifyRequest, trustProxy: boolean): boolean {
  const { headers } = request
  if (!trustProxy && (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']) !== undefined)
    return false
  const address = request.ip.replace(/^::ffff:(?=\d+\.)/i, '')
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'))
}

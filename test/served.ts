import http from 'node:http'
import type { TestContext } from 'node:test'
import Type from 'typebox'
import { isRefusal, type Refusal, type RefusalKind } from '../src/kernel/index.ts'
import {
  type Change,
  createHttpServer,
  type HttpOptions,
  type Instruction,
  type PublicResource,
  type Question,
} from '../src/platform/http/index.ts'
import { silentLog } from '../src/platform/log/index.ts'

export interface Reply {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  readonly bytes: Buffer
  json(): Record<string, unknown>
}

/** Tokens of a hand-made council: who they are is all that the server is told. */
export const TOKENS = {
  tactical: 'Bearer tactical-of-ambridge',
  viewer: 'Bearer viewer-of-ambridge',
  operator: 'Bearer operator',
}
export const PAGE = '<!doctype html><title>Ambridge</title>'

/** A server on loopback with a few declarations made by hand; it ends with its test. */
export async function serve(t: TestContext, overrides: Partial<HttpOptions> = {}) {
  const instructions: Instruction[] = []
  const questions: Question[] = []
  const journal: Change[] = []
  const heights = new Map<string, number>()
  const hearers = new Set<(changes: readonly Change[]) => void>()
  const resources = new Map<string, PublicResource>([['/', resourceOf(PAGE, 'text/html; charset=utf-8')]])
  const revoked = new Set<string>()

  const server = await createHttpServer({
    commands: [
      {
        name: 'village.ring-bells',
        summary: 'Ring the bells',
        input: Type.Object(
          { times: Type.Integer(), note: Type.Optional(Type.String()) },
          { additionalProperties: false },
        ),
        roles: ['tactical'],
        answers: Type.Object({ peal: Type.String() }),
      },
    ],
    queries: [
      {
        name: 'bells',
        summary: 'The bells',
        method: 'GET',
        input: Type.Object({
          at: Type.Optional(Type.String()),
          limit: Type.Optional(Type.Integer()),
          loud: Type.Optional(Type.Boolean()),
          tower: Type.Optional(Type.Array(Type.Integer())),
        }),
        roles: ['viewer', 'tactical'],
      },
      { name: 'what-if', summary: 'What would ring', method: 'POST', input: Type.Object({}), roles: ['viewer'] },
    ],
    async execute(instruction) {
      instructions.push(instruction)
      const { refuse } = (instruction.input ?? {}) as { refuse?: RefusalKind | 'throw' | 'database' }
      if (refuse === 'throw') throw new Error('SECRET internals')
      if (refuse === 'database') throw Object.assign(new Error('SECRET host'), { name: 'DatabaseUnavailable' })
      if (refuse) return refusalOf(refuse)
      return { peal: 'grandsire', entries: [1] }
    },
    async read(question) {
      questions.push(question)
      return { asked: question.input as object }
    },
    authenticate(bearer) {
      if (revoked.has(bearer)) return null
      if (bearer === 'operator') return { actor: { kind: 'operator' }, rolesAt: () => [] }
      const [role, organisation] = bearer.split('-of-')
      if (organisation !== 'ambridge' || (role !== 'viewer' && role !== 'tactical')) return null
      return { actor: { kind: 'token', id: bearer }, rolesAt: (asked) => (asked === organisation ? [role] : []) }
    },
    exerciseOf: (organisation) => (organisation === 'borchester' ? 'Market day – dry run' : null),
    publication: { find: (path) => resources.get(path) ?? null },
    rawRoutes: [
      {
        method: 'GET',
        path: '/:organisation/tile/:level',
        handle: ({ params }) => ({ status: 200, type: 'application/octet-stream', body: Buffer.from(params.level!) }),
      },
      { method: 'POST', path: '/echo', handle: ({ body }) => ({ status: 201, type: 'text/plain', body }) },
    ],
    changes: {
      read: async (organisation, after, limit) =>
        journal.filter((one) => one.organisation === organisation && one.number > after).slice(0, limit),
      subscribe(hear) {
        hearers.add(hear)
        return () => hearers.delete(hear)
      },
    },
    health: { ready: async () => ({ ready: true, problems: [] }) },
    log: silentLog,
    publicUrl: 'https://holdfast.example.org',
    version: '0.1.0',
    ...overrides,
  })
  const { port } = await server.listen(0, '127.0.0.1')
  t.after(() => server.close())

  return {
    server,
    port,
    instructions,
    questions,
    resources,
    revoked,
    /** Entries appear in the journal, then are heard. */
    record(organisation: string, count = 1, type = 'village.rang') {
      for (let made = 0; made < count; made++) {
        const number = (heights.get(organisation) ?? 0) + 1
        heights.set(organisation, number)
        const change = { organisation, number, type, recordedAt: '2025-11-25T06:00:00.000Z' }
        journal.push(change)
        for (const hear of hearers) hear([change])
      }
    },
    ask: (method: string, path: string, headers: http.OutgoingHttpHeaders = {}, body?: string | Buffer) =>
      ask(port, method, path, headers, body),
    post: (path: string, body: unknown, headers: http.OutgoingHttpHeaders = {}) =>
      ask(
        port,
        'POST',
        path,
        { authorization: TOKENS.tactical, 'content-type': 'application/json', ...headers },
        typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      ),
  }
}

export function resourceOf(text: string, contentType: string): PublicResource {
  const identity = Buffer.from(text)
  return {
    body: { identity },
    contentType,
    etag: 'r1',
    lastModified: 'Tue, 25 Nov 2025 06:00:00 GMT',
    cacheControl: 'public, max-age=10',
  }
}

function ask(
  port: number,
  method: string,
  path: string,
  headers: http.OutgoingHttpHeaders,
  body?: string | Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString()
        resolve({ status: response.statusCode!, headers: response.headers, text, bytes, json: () => JSON.parse(text) })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

function refusalOf(kind: RefusalKind): Refusal {
  const refusal = {
    refused: `bells-${kind}`,
    kind,
    title: 'The bells are silent',
    detail: 'Ring later.',
    errors: [{ pointer: '/times', detail: 'is too often' }],
  }
  if (!isRefusal(refusal)) throw new Error('not a refusal')
  return refusal
}

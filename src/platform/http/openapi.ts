import type { JsonSchema } from '#kernel'
import type { DeclaredCommand, DeclaredQuery } from './options.ts'

type Node = { readonly [key: string]: unknown }

const PROBLEM: Node = {
  type: 'object',
  description: 'Problem details, RFC 9457. GET the `type` to learn what a code means.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do about it.' },
    code: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    exercise: { $ref: '#/components/schemas/Exercise' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string', description: 'RFC 6901' }, detail: { type: 'string' } },
      },
    },
  },
}
const EXERCISE: Node = { const: 'EXERCISE', description: 'Only there where the organisation is part of an exercise.' }
const ENTRIES: Node = {
  type: 'object',
  required: ['entries'],
  properties: {
    entries: {
      type: 'array',
      items: { type: 'integer', minimum: 1 },
      description: 'Journal numbers; empty means "already so".',
    },
    exercise: { $ref: '#/components/schemas/Exercise' },
  },
}
const PROBLEMS = { $ref: '#/components/responses/Problem' }
const ORGANISATION = { $ref: '#/components/parameters/Organisation' }

/** OpenAPI 3.1 text of everything that is declared. */
export function openApi(options: {
  commands: readonly DeclaredCommand[]
  queries: readonly DeclaredQuery[]
  publicUrl: string
  version: string
}): Node {
  const { commands, queries, publicUrl, version } = options
  const paths: Record<string, Node> = {}
  for (const command of commands) paths[pathOf(command.name)] = { post: commandOperation(command) }
  for (const query of queries)
    paths[pathOf(query.name)] = query.method === 'GET' ? { get: getOperation(query) } : { post: postOperation(query) }
  paths[pathOf('events')] = { get: EVENTS }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Holdfast',
      version,
      description:
        'Changes are commands (POST), each answered with the journal entries that it made; reads are resources.',
    },
    servers: [{ url: publicUrl.replace(/\/$/, '') || '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(commands.map(({ name }) => tagOf(name)))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'hf_<organisation>_<secret>' } },
      parameters: {
        Organisation: {
          name: 'organisation',
          in: 'path',
          required: true,
          schema: { type: 'string', examples: ['westminster'] },
        },
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'The id of this command: sent again with the same input, it is answered as the first time.',
          schema: { type: 'string', minLength: 1, maxLength: 128 },
        },
      },
      responses: {
        Problem: {
          description: 'Why not',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { Problem: PROBLEM, Exercise: EXERCISE, Entries: ENTRIES },
    },
  }
}

function commandOperation(command: DeclaredCommand): Node {
  const answered = command.answers
    ? { allOf: [{ $ref: '#/components/schemas/Entries' }, plain(command.answers)] }
    : { $ref: '#/components/schemas/Entries' }
  return {
    ...wordsOf(command),
    tags: [tagOf(command.name)],
    parameters: [ORGANISATION, { $ref: '#/components/parameters/IdempotencyKey' }],
    requestBody: bodyOf(command.input),
    responses: responses(answered),
  }
}

function postOperation(query: DeclaredQuery): Node {
  return {
    ...wordsOf(query),
    parameters: [ORGANISATION],
    requestBody: bodyOf(query.input),
    responses: responses(query.answers ? plain(query.answers) : { type: 'object' }),
  }
}

function getOperation(query: DeclaredQuery): Node {
  const { properties = {}, required = [] } = query.input as {
    properties?: Record<string, Node>
    required?: readonly string[]
  }
  return {
    ...wordsOf(query),
    parameters: [
      ORGANISATION,
      ...Object.entries(properties).map(([name, schema]) => {
        const { description } = schema as { description?: string }
        return {
          name,
          in: 'query',
          required: required.includes(name),
          ...(description ? { description } : {}),
          schema: plain(schema),
        }
      }),
    ],
    responses: responses(query.answers ? plain(query.answers) : { type: 'object' }),
  }
}

const EVENTS: Node = {
  operationId: 'events',
  summary: 'What is recorded, as it is recorded (server-sent events)',
  description: 'Any role at the organisation may listen. A comment comes every 15 seconds while nothing happens.',
  parameters: [
    ORGANISATION,
    {
      name: 'after',
      in: 'query',
      description: 'Starts with the entry after this number.',
      schema: { type: 'integer', minimum: 0 },
    },
    {
      name: 'Last-Event-ID',
      in: 'header',
      description: 'As `after`; browsers send it.',
      schema: { type: 'integer', minimum: 0 },
    },
  ],
  responses: {
    200: {
      description: '`id` is the number, `event` the type of the entry',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    default: PROBLEMS,
  },
}

function wordsOf({ name, summary, description, roles }: DeclaredCommand | DeclaredQuery): Node {
  return { operationId: name, summary, ...(description ? { description } : {}), 'x-roles': [...roles] }
}

function bodyOf(schema: JsonSchema): Node {
  return { required: true, content: { 'application/json': { schema: plain(schema) } } }
}

function responses(schema: unknown): Node {
  return { 200: { description: 'Done', content: { 'application/json': { schema } } }, default: PROBLEMS }
}

function pathOf(name: string): string {
  return `/api/v1/{organisation}/${name}`
}

function tagOf(command: string): string {
  return command.split('.')[0]!
}

/** Without whatever a schema library keeps beside the schema. */
function plain(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema))
}

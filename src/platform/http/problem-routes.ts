import type { FastifyInstance } from 'fastify'
import type { RefusalCatalogue, RefusalKind } from '#kernel'
import type { Answer } from './answer.ts'
import { problem, STATUS_OF, TRANSPORT_PROBLEMS } from './problem.ts'

/** How a problem is explained: the same each time, where the `detail` of an answer says what is wrong this time. */
interface Explained {
  readonly status: number
  readonly kind: RefusalKind | 'fault'
  readonly title: string
  readonly whatToDo: string
}

const WHAT_TO_DO: Readonly<Record<RefusalKind | 'fault', string>> = {
  input:
    'What was sent cannot be used as it is. Correct what `detail` names (`errors`, where there are any, point at each place) and send it again.',
  forbidden:
    'You may not do this, and sending it again will not help. Ask somebody who may; `detail` says who that is.',
  'not-found': 'What was named is not here. Check its spelling and its organisation against what can be read.',
  state: 'It was well said, but does not fit how things stand. Read how they stand, then decide anew.',
  conflict: 'Somebody else was first. Read how things stand now, and send it again if it is still right.',
  unavailable: 'It cannot be done at present. Nothing was changed. Wait a little, then send the same again.',
  fault:
    'This is our mistake. Tell whoever runs this Holdfast the `instance` of the answer, by which the log knows it.',
}

/** What the `type` of each problem leads to. */
export function registerProblems(app: FastifyInstance, answer: Answer, ofRooms: RefusalCatalogue): void {
  const known = new Map<string, Explained>()
  for (const [code, { status, title }] of Object.entries(TRANSPORT_PROBLEMS)) {
    const kind = kindOf(status)
    known.set(code, { status, kind, title, whatToDo: WHAT_TO_DO[kind] })
  }
  for (const [code, { kind, title }] of Object.entries(ofRooms))
    known.set(code, { status: STATUS_OF[kind], kind, title, whatToDo: WHAT_TO_DO[kind] })

  app.get('/problems', async (request, reply) =>
    answer.object(request, reply, { problems: [...known].map(([code, words]) => ({ code, ...words })) }),
  )
  app.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const words = known.get(request.params.code)
    if (!words) return answer.problem(request, reply, problem('no-such-address', 'GET /problems lists the problems.'))
    return answer.object(request, reply, { code: request.params.code, ...words })
  })
}

/** Of what the transport itself refuses. */
function kindOf(status: number): RefusalKind | 'fault' {
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 429 || status === 503) return 'unavailable'
  return status >= 500 ? 'fault' : 'input'
}

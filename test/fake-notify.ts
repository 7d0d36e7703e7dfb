import { createHmac, randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Asked, type Given, startReceiver } from './receiver.ts'

const NOTIFY_SECRET = '0190d3c0-0000-7000-8000-0000000000ee'
const NOTIFY_SERVICE = '0190d3c0-0000-7000-8000-0000000000aa'
export const NOTIFY_KEY = `invented-${NOTIFY_SERVICE}-${NOTIFY_SECRET}`

export interface Notification {
  readonly id: string
  readonly reference: string
  readonly to: string
  readonly body: Record<string, unknown>
  status: string
}

/** As GOV.UK Notify behaves, on loopback: what it takes, how it refuses, and what it forgets to answer. */
export interface FakeNotify {
  readonly url: string
  readonly taken: Notification[]
  /** What to do with the next message: take it, answer with an error, or take it and answer nothing. */
  next: (asked: { to: string; count: number }) => 'take' | 'swallow' | Given
  /** Questions by reference that were asked. */
  lookUps: number
  /** Seconds that its clock is ahead. */
  ahead: number
}

export async function startFakeNotify(t: TestContext): Promise<FakeNotify> {
  let count = 0
  const fake: FakeNotify = { url: '', taken: [], next: () => 'take', lookUps: 0, ahead: 0 }
  const { url } = await startReceiver(t, (asked) => {
    const answer = respond(asked)
    return (
      answer && {
        ...answer,
        headers: { date: new Date(Date.now() + fake.ahead * 1000).toUTCString(), ...answer.headers },
      }
    )
  })

  function respond(asked: Asked): Given | null {
    const refused = unauthorised(asked, fake.ahead)
    if (refused) return notifyError(403, 'AuthError', refused)
    if (asked.method === 'GET' && asked.path === '/v2/notifications') {
      fake.lookUps += 1
      const reference = asked.query.get('reference')
      const notifications = fake.taken.filter((one) => reference === null || one.reference === reference)
      return { status: 200, body: { notifications, links: { current: asked.path } } }
    }
    const channel = asked.path === '/v2/notifications/sms' ? 'phone_number' : 'email_address'
    const body = JSON.parse(asked.body.toString()) as Record<string, unknown>
    const allowed = ['template_id', 'personalisation', 'reference', channel, 'one_click_unsubscribe_url']
    const unknown = Object.keys(body).find((name) => !allowed.includes(name))
    if (unknown) return notifyError(400, 'ValidationError', `Additional properties are not allowed (${unknown})`)
    const to = String(body[channel])
    if (to.startsWith('bad')) return notifyError(400, 'ValidationError', `${channel} Not a valid address`)
    count += 1
    const how = fake.next({ to, count })
    if (how !== 'take' && how !== 'swallow') return how
    const one = { id: randomUUID(), reference: String(body.reference), to, body, status: 'created' }
    fake.taken.push(one)
    return how === 'take' ? { status: 201, body: { id: one.id, reference: one.reference, content: {}, uri: '' } } : null
  }
  return Object.assign(fake, { url })
}

export function notifyError(status: number, error: string, message: string, headers?: Record<string, string>): Given {
  return { status, body: { status_code: status, errors: [{ error, message }] }, ...(headers ? { headers } : {}) }
}

/** HS256 by the key's last 36 characters, and at most 30 seconds off. */
function unauthorised({ headers }: Asked, ahead: number): string | null {
  const [head, claims, signature] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.')
  const mac = createHmac('sha256', NOTIFY_SECRET).update(`${head}.${claims}`).digest('base64url')
  if (mac !== signature) return 'Invalid token: signature'
  const { iss, iat } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { iss: string; iat: number }
  if (iss !== NOTIFY_SERVICE) return 'Invalid token: service not found'
  const off = Math.abs(Date.now() / 1000 + ahead - iat)
  return off > 30 ? 'Error: Your system clock must be accurate to within 30 seconds' : null
}

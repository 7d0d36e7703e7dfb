import type { FoundPerson } from '../projections/people.ts'
import { agentFamily } from './agent-family.ts'
import type { ConsoleRequest } from './console-route.ts'
import { entryCookie, sessionCookie, setCookie } from './cookies.ts'
import type { Desk } from './desk.ts'

/** Begins a session after a proof, and gives the cookies. The session before it ends: nobody keeps a cookie from before. */
export async function admit(
  { sessions, url }: Desk,
  request: ConsoleRequest,
  { person }: FoundPerson,
): Promise<string[]> {
  if (request.signedIn) await sessions.end(request.signedIn.session)
  const { cookie } = await sessions.begin(person.id, agentFamily(request.agent ?? ''))
  return [setCookie(url, sessionCookie(url), cookie), setCookie(url, entryCookie(url), '')]
}

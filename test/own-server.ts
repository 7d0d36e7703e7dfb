import type { TestContext } from 'node:test'
import { newSecret } from '#contexts/access'
import { isRefusal, operator, ROLES, type Role } from '#kernel'
import { type Config, readConfig } from '#platform/config'
import { silentLog } from '#platform/log'
import { startServer } from '../src/main/server.ts'
import { type Answer, ask } from './ask.ts'
import { freshDatabaseUrl, temporaryDirectory } from './database.ts'

/** The whole of Holdfast on real HTTP, in the process of the test: with tokens for every role, enough for any rate limit. */
export async function ownServer(t: TestContext, each: number) {
  const server = await startServer(
    {
      ...(readConfig({}) as Config),
      port: 0,
      url: 'http://localhost:0',
      region: 'Invented region',
      dataDirectory: temporaryDirectory(t),
      databaseUrl: await freshDatabaseUrl(t),
      logLevel: 'silent',
    },
    silentLog,
  )
  t.after(() => server.close())
  const { application } = server
  const order = async (organisation: string, command: string, input: object) => {
    const outcome = await application.execute({ organisation, command, input, caller: operator })
    if (isRefusal(outcome)) throw new Error(`${command}: ${outcome.detail}`)
    return outcome as Record<string, unknown>
  }
  const tokens = {} as Record<Role, string[]>
  for (const organisation of ['ambridge', 'borchester']) {
    await order(organisation, 'estate.add-organisation', { slug: organisation, name: `Invented ${organisation}` })
    const text = `components:\n  - { id: network, name: Network, kind: network }\n  - { id: files, name: Files, kind: platform, needs: [{ requires: network, buffer: PT4H }] }\nservices:\n  - { id: bins, name: Bins, needs: [{ requires: files }] }\n`
    await order(organisation, 'estate.import', { files: [{ name: 'estate.yaml', text }] })
  }
  for (const role of ROLES) {
    tokens[role] = []
    for (let count = 0; count < each; count++) {
      const { bearer, hash } = newSecret('ambridge')
      await order('ambridge', 'access.issue-token', { name: `${role} ${count}`, role, hash })
      tokens[role].push(bearer)
    }
  }
  const { models } = application.journal
  return {
    ...server,
    order,
    tokens,
    /** Entries in all journals, as everybody who reads sees them. */
    size: () => models.organisations().reduce((sum, one) => sum + models.position(one), 0),
    ask: (method: string, path: string, asked?: Parameters<typeof ask>[3]): Promise<Answer> =>
      ask(server.port, method, path, asked),
  }
}

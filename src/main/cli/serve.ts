import { fileURLToPath } from 'node:url'
import { describeReport } from '#contexts/exercise'
import { isRefusal } from '#kernel'
import type { Config } from '#platform/config'
import { createLog } from '#platform/log'
import { firstAdminLink } from '../invite.ts'
import { play, readScenario, wasCutOff } from '../play.ts'
import { type Server, startServer } from '../server.ts'
import { complaint, configOf } from './open.ts'
import { Complaint, place, print, text, UsageError, type Verb } from './verb.ts'

const LONDON = fileURLToPath(new URL('../../../scenarios/london-2025.yaml', import.meta.url))

export const serve: Verb = {
  name: 'serve',
  usage: '[--port N] [--host HOST] [--data DIR] [--exercise FILE | --empty]',
  summary: 'Run the server. On an empty data directory it first plays an exercise, unless --empty.',
  options: {
    ...place,
    port: { type: 'string' },
    host: { type: 'string' },
    exercise: { type: 'string' },
    empty: { type: 'boolean' },
  },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    if (values.empty && values.exercise) throw new UsageError('--empty and --exercise exclude each other')
    const config = configOf(values)
    const chosen = text(values, 'exercise')
    const scenario = values.empty ? null : readScenario(chosen ?? LONDON)
    if (scenario && 'mistakes' in scenario) throw new Complaint(scenario.mistakes.join('\n'))
    let server: Server | null = null
    // Also while it waits for its database: nothing has been acknowledged by then.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void Promise.resolve(server?.close()).then(() => process.exit(0)))
    server = await start(config)
    const { application } = server
    const begun = application.journal.models.organisations().length > 0
    if (scenario && (!begun || chosen !== undefined || wasCutOff(application, scenario)))
      await rehearse(server, scenario)
    await server.published()
    greet(server, begun || scenario !== null, await firstAdminLink(application, server.url))
    await new Promise<void>((resolve) => void process.once('beforeExit', () => resolve()))
    return 0
  },
}

async function start(config: Config): Promise<Server> {
  const log = createLog({ level: logLevel(config) })
  let told = 0
  try {
    return await startServer(config, log, (read, all) => {
      if (all < 20_000 || Date.now() - told < 500) return
      told = Date.now()
      process.stderr.write(`Reading and checking journals: ${read} of ${all} entries\n`)
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Complaint(`Port ${config.port} is taken. Stop what uses it, or choose another with --port.`)
    if (code === 'EACCES')
      throw new Complaint(`Port ${config.port} may not be used. Choose one above 1023 with --port.`)
    throw error
  }
}

async function rehearse({ application }: Server, scenario: Parameters<typeof play>[1]): Promise<void> {
  const all = scenario.steps.filter((step) => step.at <= scenario.now).length
  print(`EXERCISE ${scenario.title}: playing ${all} steps.`)
  let played = 0
  const report = await play(application, scenario, {
    onStep() {
      played += 1
      if (played % 50 === 0) print(`EXERCISE ${played} of ${all}`)
    },
  })
  if (isRefusal(report)) throw new Complaint(`EXERCISE ${complaint(report)}`)
  if (!report.passed) process.stderr.write(`${describeReport(report)}\n`)
}

/** Two levels of the configuration are finer or coarser than the log has. */
function logLevel({ logLevel: level }: Config) {
  return level === 'fatal' ? 'error' : level === 'trace' ? 'debug' : level
}

function greet({ application, url }: Server, filled: boolean, link: string | null): void {
  const [first] = application.journal.models.organisations()
  const example = application.journal.models.organisations().includes('westminster') ? 'westminster' : (first ?? 'SLUG')
  print(
    '',
    `Holdfast is running.  Public pages: ${url}/`,
    `  The console:         ${url}/console`,
    ...(link ? [`  Sign in first with:  ${link}`, '                       (works once, within a day)'] : []),
    ...(filled
      ? [
          `  One council's page:  ${url}/${example}`,
          `  A token for the API: npx holdfast token create --organisation ${example} --role tactical --name "My laptop"`,
        ]
      : []),
    '  Your own council:    npx holdfast serve --empty --data ./live',
    '                       npx holdfast organisation add SLUG --name NAME --data ./live',
    '                       npx holdfast estate template --organisation SLUG > estate.yaml',
    '                       npx holdfast estate import estate.yaml --organisation SLUG --data ./live',
    '',
  )
}

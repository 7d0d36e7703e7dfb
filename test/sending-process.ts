import { isRefusal } from '#kernel'
import { type Config, readConfig } from '#platform/config'
import { createLog } from '#platform/log'
import { openApplication } from '../src/main/application.ts'
import { sendInBackground } from '../src/main/send.ts'

// One process of an installation that only sends, until it is killed.
const config = readConfig(process.env) as Config
if (isRefusal(config)) throw new Error(config.detail)
const application = await openApplication(config, () => {})
await sendInBackground(application, createLog({ level: 'warn' }))
process.stdout.write('sending\n')

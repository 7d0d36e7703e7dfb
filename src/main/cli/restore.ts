import { resolve } from 'node:path'
import { holdBack } from '#contexts/delivery'
import { readBackup } from '#platform/backup'
import { migrate, openDatabase } from '#platform/database'
import { openApplication } from '../application.ts'
import { schemas } from '../schemas.ts'
import { configOf, quiet, runningServer } from './open.ts'
import { Complaint, place, print, UsageError, type Verb } from './verb.ts'

export const restore: Verb = {
  name: 'restore',
  usage: 'FILE [--data DIR]',
  summary: 'Fill an empty data directory or database from a backup, all or nothing, and check every journal.',
  options: place,
  async run(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('give one backup file')
    const config = configOf(values)
    if (config.databaseUrl === null && runningServer(config))
      throw new Complaint(
        `A server is running on ${config.dataDirectory}. Restore into an empty directory with --data.`,
      )
    const { databaseUrl, dataDirectory, postgres } = config
    const database = await openDatabase({ databaseUrl, dataDirectory, log: quiet, prefer: postgres ?? undefined })
    let restored: { rows: number; madeAt: string }
    try {
      await migrate(database, schemas)
      restored = await readBackup(database, resolve(file), dataDirectory)
      await holdBack(database)
    } finally {
      await database.close()
    }
    const application = await openApplication(config, quiet)
    const organisations = application.journal.models.organisations().length
    await application.close()
    print(
      `${restored.rows} rows of ${organisations} organisations restored as of ${restored.madeAt}. Every journal is whole.`,
    )
    return 0
  },
}

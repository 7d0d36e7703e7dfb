import { resolve } from 'node:path'
import { writeBackup } from '#platform/backup'
import { withApplication } from './open.ts'
import { place, print, UsageError, type Verb } from './verb.ts'

const KEPT_FILES = ['keys/installation.key']

export const backup: Verb = {
  name: 'backup',
  usage: 'FILE [--data DIR]',
  summary: 'Write everything to one file, also while a server runs. It holds the signing key: keep it safe.',
  options: place,
  async run(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('give one new file')
    return withApplication(values, async ({ database }, { dataDirectory }) => {
      const { rows, bytes } = await writeBackup(database, resolve(file), {
        directory: dataDirectory,
        files: KEPT_FILES,
      })
      print(
        `${rows} rows, ${bytes} bytes written to ${file}. It holds the signing key: keep it where only you can read it.`,
      )
      return 0
    })
  },
}

import { resolve } from 'node:path'
import { createPublisher, openRegister } from '#contexts/public-site'
import { createLog } from '#platform/log'
import { editionOf } from '../edition.ts'
import { speedOf, withApplication } from './open.ts'
import { place, print, UsageError, type Verb } from './verb.ts'

export const publish: Verb = {
  name: 'publish',
  usage: 'DIR [--data DIR]',
  summary: 'Write every public page and feed as static files; DIR/current is the newest, swapped at once.',
  options: place,
  async run(values, [directory, ...more]) {
    if (!directory || more.length > 0) throw new UsageError('give one folder')
    return withApplication(values, async ({ database, journal, clocks }, config) => {
      const { url, region } = config
      const { models } = journal
      const register = openRegister(database, editionOf(config))
      const publisher = createPublisher({
        models,
        clocks,
        directory: resolve(directory),
        url,
        region,
        log: createLog({ level: 'error' }),
        register: () => register,
        settled: () => journal.settled(),
        catchUp: () => journal.catchUp(),
        speed: (organisation) => speedOf(models, organisation),
      })
      await publisher.loadLast()
      publisher.changed(models.organisations())
      await publisher.flush()
      await publisher.close()
      print(`Revision ${publisher.revision()} written: point a web server at ${directory}/current`)
      return 0
    })
  },
}

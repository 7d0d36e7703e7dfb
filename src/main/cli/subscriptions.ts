import { once } from 'node:events'
import { createWriteStream, readFileSync, rmSync } from 'node:fs'
import { parseAddress, sayWrong } from '#contexts/public-site'
import { openSubscriptions } from '../subscriptions.ts'
import { withApplication } from './open.ts'
import { Complaint, needed, place, print, text, UsageError, type Verb } from './verb.ts'

export const subscriptionsExport: Verb = {
  name: 'subscriptions export',
  usage: 'FILE [--organisation SLUG] [--data DIR]',
  summary: 'Write subscribers to a new file, a line of JSON each. Personal data: keep it where only you can read it.',
  options: { ...place, organisation: { type: 'string' } },
  async run(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('give one new file')
    const organisation = text(values, 'organisation') ?? null
    return withApplication(values, async (application, config) => {
      if (organisation !== null && application.journal.models.position(organisation) === 0)
        throw new Complaint(`${organisation} is not an organisation here. Check the spelling.`)
      const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
      await once(out, 'open').catch((error: Error) => {
        throw new Complaint(`${file} cannot be made: ${error.message}. Name a file that is not there yet.`)
      })
      let count = 0
      try {
        for await (const line of openSubscriptions(application, config).exportLines(organisation)) {
          count += 1
          if (!out.write(`${line}\n`)) await once(out, 'drain')
        }
        out.end()
        await once(out, 'close')
      } catch (error) {
        out.destroy()
        rmSync(file, { force: true })
        throw error
      }
      print(
        `${count} subscriptions written to ${file}. It holds people’s addresses: only you can read it. Delete it when it has served.`,
      )
      return 0
    })
  },
}

export const subscriptionsImport: Verb = {
  name: 'subscriptions import',
  usage: 'FILE [--data DIR]',
  summary: 'Take subscribers in from such a file: all or nothing, and whoever is there already stays as they are.',
  options: place,
  async run(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('give one file')
    const lines = readLines(file)
    return withApplication(values, async (application, config) => {
      const done = await openSubscriptions(application, config).importLines(lines)
      if ('mistakes' in done) throw new Complaint(['Nothing was taken in.', ...done.mistakes].join('\n'))
      print(
        `${done.added} subscriptions added, ${done.known} were here already, ${done.stopped} left out: they have stopped since.`,
        'Only who stopped on this installation is known. Erase those who told you elsewhere.',
      )
      return 0
    })
  },
}

export const subscriptionsErase: Verb = {
  name: 'subscriptions erase',
  usage: '--address ADDRESS [--data DIR]',
  summary:
    'End all updates to an e-mail address or telephone number, and erase it, for whoever asks by letter or telephone.',
  options: { ...place, address: { type: 'string' } },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const given = needed(values, 'address')
    const channel = given.includes('@') ? 'email' : 'sms'
    const parsed = parseAddress(channel, given)
    if ('wrong' in parsed) throw new Complaint(`The address ${sayWrong(parsed.wrong)}.`)
    return withApplication(values, async (application, config) => {
      const gone = await openSubscriptions(application, config).subscribers.eraseAddress(channel, parsed.address)
      print(gone === 0 ? 'No updates go to this address.' : `${gone} subscriptions erased.`)
      return 0
    })
  },
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch (error) {
    throw new Complaint(`${file} cannot be read: ${(error as Error).message}`)
  }
}

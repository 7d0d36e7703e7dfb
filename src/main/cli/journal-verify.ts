import { withApplication } from './open.ts'
import { Complaint, place, print, text, UsageError, type Verb } from './verb.ts'

export const journalVerify: Verb = {
  name: 'journal verify',
  usage: '[--organisation SLUG] [--data DIR]',
  summary: 'Check every entry, seal, time, root and checkpoint of the journals in the database.',
  options: { ...place, organisation: { type: 'string' } },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const only = text(values, 'organisation')
    return withApplication(values, async ({ journal }) => {
      const organisations = only === undefined ? journal.models.organisations() : [only]
      let wrong = 0
      for (const organisation of organisations) {
        const { entries, root, checkpoints, findings } = await journal.verify(organisation)
        if (entries === 0) throw new Complaint(`${organisation} has no journal here. Check the spelling.`)
        if (findings.length === 0)
          print(`${organisation}: whole. ${entries} entries, ${checkpoints} checkpoints, root ${root}`)
        for (const finding of findings) process.stderr.write(`${organisation}: ${finding}\n`)
        wrong += findings.length
      }
      return wrong === 0 ? 0 : 1
    })
  },
}

import { exerciseMark, withApplication } from './open.ts'
import { needed, place, print, UsageError, type Verb } from './verb.ts'

export const journalExport: Verb = {
  name: 'journal export',
  usage: '--organisation SLUG DIR [--data DIR]',
  summary:
    'Write a journal as files that verifier/verify.ts checks. Holds what people typed: give it to those who may read it.',
  options: { ...place, organisation: { type: 'string' } },
  async run(values, [directory, ...more]) {
    if (!directory || more.length > 0) throw new UsageError('give one new folder')
    const organisation = needed(values, 'organisation')
    return withApplication(values, async (application) => {
      const { entries } = await application.journal.exportTo(organisation, directory)
      print(
        `${exerciseMark(application, organisation)}${entries} entries of ${organisation} written to ${directory}.`,
        `Check them anywhere: node verifier/verify.ts ${directory}`,
      )
      return 0
    })
  },
}

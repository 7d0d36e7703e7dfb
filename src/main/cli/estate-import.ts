import { isRefusal, operator } from '#kernel'
import { readEstateFiles } from './estate-files.ts'
import { complaint, exerciseMark, order, withApplication } from './open.ts'
import { Complaint, needed, place, print, UsageError, type Verb } from './verb.ts'

export const estateImport: Verb = {
  name: 'estate import',
  usage: 'FILE... --organisation SLUG [--dry-run] [--data DIR]',
  summary: 'Import or revise an estate from YAML files or a folder of CSV: all or nothing.',
  options: { ...place, organisation: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  async run(values, paths) {
    if (paths.length === 0) throw new UsageError('give one or more estate files, or a folder of CSV')
    const organisation = needed(values, 'organisation')
    const files = readEstateFiles(paths).map(({ name, text }) => ({ name, text: decode(name, text) }))
    return withApplication(values, async (application) => {
      const mark = exerciseMark(application, organisation)
      const plan = (await application.read({
        organisation,
        query: 'estate-plan',
        input: { files },
        caller: operator,
      })) as {
        lines: string[]
        warnings: string[]
      }
      if (isRefusal(plan)) throw new Complaint(complaint(plan))
      for (const warning of plan.warnings) process.stderr.write(`warning: ${warning}\n`)
      if (values['dry-run']) {
        print(...plan.lines.map((line) => mark + line), 'Nothing was changed: this was a dry run.')
        return 0
      }
      const { entries } = await order(application, organisation, 'estate.import', { files })
      print(
        ...plan.lines.map((line) => mark + line),
        entries.length ? `Imported into ${organisation}.` : 'Nothing to change.',
      )
      return 0
    })
  },
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Complaint(
      `${name}: this is not UTF-8 text. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8") and import it again.`,
    )
  }
}

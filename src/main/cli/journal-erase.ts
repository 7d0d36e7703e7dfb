import { operator } from '#kernel'
import { withApplication } from './open.ts'
import { Complaint, needed, place, print, UsageError, type Verb } from './verb.ts'

export const journalErase: Verb = {
  name: 'journal erase',
  usage: '--organisation SLUG --entry N [--field NAME]... --reason WHY [--data DIR]',
  summary: 'Erase what people typed in an entry, for good. The journal says that it was erased, and still verifies.',
  options: {
    ...place,
    organisation: { type: 'string' },
    entry: { type: 'string' },
    field: { type: 'string', multiple: true },
    reason: { type: 'string' },
  },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const organisation = needed(values, 'organisation')
    const reason = needed(values, 'reason')
    const number = Number(needed(values, 'entry'))
    if (!Number.isSafeInteger(number) || number < 1) throw new UsageError('--entry is the number of a journal entry')
    return withApplication(values, async ({ journal }) => {
      const [entry] = await journal.readEntries({ organisation, after: number - 1, limit: 1 })
      if (entry?.number !== number) throw new Complaint(`${organisation} has no entry ${number}.`)
      const sealed = journal.sealedFields(entry.type).filter((field) => Object.hasOwn(entry.data as object, field))
      const asked = values.field === undefined ? sealed : (values.field as string[])
      const wrong = asked.filter((field) => !sealed.includes(field))
      if (asked.length === 0 || wrong.length > 0)
        throw new Complaint(
          `${wrong.length > 0 ? `${wrong.join(', ')} cannot be erased from entry ${number}` : `Entry ${number} holds nothing that can be erased`}. ` +
            `${sealed.length > 0 ? `It holds: ${sealed.join(', ')}.` : 'Only what people typed can, and once.'}`,
        )
      const done = await journal.erase({
        organisation,
        entries: [{ number, fields: asked }],
        reason,
        actor: operator.actor,
      })
      print(`Erased ${asked.join(', ')} from entry ${number} of ${organisation}; entry ${done.number} says so.`)
      return 0
    })
  },
}

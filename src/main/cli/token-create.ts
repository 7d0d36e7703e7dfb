import { newSecret } from '#contexts/access'
import { exerciseMark, order, withApplication } from './open.ts'
import { needed, place, print, text, UsageError, type Verb } from './verb.ts'

export const tokenCreate: Verb = {
  name: 'token create',
  usage: '--organisation SLUG --role ROLE --name NAME [--expires TIME] [--data DIR]',
  summary: 'Make a bearer token for the API. It is printed once and kept nowhere.',
  options: {
    ...place,
    organisation: { type: 'string' },
    role: { type: 'string' },
    name: { type: 'string' },
    expires: { type: 'string' },
  },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const organisation = needed(values, 'organisation')
    const { bearer, hash } = newSecret(organisation)
    const expiresAt = text(values, 'expires')
    const input = {
      name: needed(values, 'name'),
      role: needed(values, 'role'),
      hash,
      ...(expiresAt ? { expiresAt } : {}),
    }
    return withApplication(values, async (application) => {
      await order(application, organisation, 'access.issue-token', input)
      if (exerciseMark(application, organisation))
        process.stderr.write(`EXERCISE: ${organisation} is part of an exercise.\n`)
      print(bearer)
      return 0
    })
  },
}

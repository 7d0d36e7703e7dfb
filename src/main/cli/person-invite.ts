import { ROLES, type Role } from '#kernel'
import { invite } from '../invite.ts'
import { exerciseMark, runningServer, withApplication } from './open.ts'
import { needed, place, print, texts, UsageError, type Verb } from './verb.ts'

export const personInvite: Verb = {
  name: 'person invite',
  usage: '--organisation SLUG --name NAME --role ROLE [--role ROLE ...] [--data DIR]',
  summary: 'Add a person. Their one-time link to set up how they sign in is printed once and kept nowhere.',
  options: {
    ...place,
    organisation: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', multiple: true },
  },
  async run(values, more) {
    if (more.length > 0) throw new UsageError(`${more[0]} is too much`)
    const organisation = needed(values, 'organisation')
    const name = needed(values, 'name')
    const roles = texts(values, 'role')
    if (roles.length === 0) throw new UsageError('--role is missing')
    const wrong = roles.find((role) => !ROLES.includes(role as Role))
    if (wrong !== undefined) throw new UsageError(`${wrong} is not a role. Roles are: ${ROLES.join(', ')}`)
    return withApplication(values, async (application, config) => {
      const url = runningServer(config)?.url ?? config.url
      const { href } = await invite(application, { url, organisation, name, roles: roles as Role[] })
      if (exerciseMark(application, organisation))
        process.stderr.write(`EXERCISE: ${organisation} is part of an exercise.\n`)
      print(href)
      return 0
    })
  },
}

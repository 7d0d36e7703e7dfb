import { order, withApplication } from './open.ts'
import { needed, place, print, text, UsageError, type Verb } from './verb.ts'

export const organisationAdd: Verb = {
  name: 'organisation add',
  usage: 'SLUG --name NAME [--gss CODE] [--kind council|partner|supplier|region] [--data DIR]',
  summary: 'Add an organisation, with its own journal and public page.',
  options: { ...place, name: { type: 'string' }, gss: { type: 'string' }, kind: { type: 'string' } },
  async run(values, [slug, ...more]) {
    if (!slug || more.length > 0) throw new UsageError('give one short name, such as westminster')
    const input = { slug, name: needed(values, 'name'), gss: text(values, 'gss'), kind: text(values, 'kind') }
    return withApplication(values, async (application) => {
      const { entries } = await order(application, slug, 'estate.add-organisation', withoutUndefined(input))
      print(entries.length ? `Added ${slug}.` : `${slug} is there already; nothing was changed.`)
      return 0
    })
  },
}

function withoutUndefined(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

export const organisationLanguages: Verb = {
  name: 'organisation languages',
  usage: 'SLUG LANGUAGE... [--data DIR]',
  summary: 'Set in which languages it speaks to the public, the main one first: en-GB.',
  options: place,
  async run(values, [slug, ...languages]) {
    if (!slug || languages.length === 0)
      throw new UsageError('give a short name and languages, such as westminster en-GB')
    return withApplication(values, async (application) => {
      const { entries } = await order(application, slug, 'estate.set-languages', { languages })
      print(entries.length ? `${slug} speaks ${languages.join(', ')}.` : 'It does so already; nothing was changed.')
      return 0
    })
  },
}

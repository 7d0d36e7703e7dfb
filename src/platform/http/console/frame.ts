import { type Role, uuidv7 } from '#kernel'
import type { ConsoleOptions, ConsolePage, SignedIn } from './options.ts'

/** Makes what the layout shows around a page of an organisation. */
export function createFrames(
  { pages, sessions, models, nameOf, now, noticesFor }: ConsoleOptions,
  exerciseOf: (organisation: string) => string | null,
) {
  const listed = pages
    .filter((page) => page.method === 'GET' && page.navigation && !page.path.includes(':'))
    .toSorted((a, b) => a.navigation!.order - b.navigation!.order)

  return (organisation: string, page: ConsolePage, signedIn: SignedIn, roles: readonly Role[]) => {
    const home = `/console/${organisation}`
    const exercise = exerciseOf(organisation) !== null
    const open = listed.filter(
      (one) => one.roles.some((role) => roles.includes(role)) && (exercise || !one.navigation!.exercisesOnly),
    )
    const current = open
      .filter(({ path }) => page.path === path || page.path.startsWith(`${path.replace(/\/$/, '')}/`))
      .reduce((best, { path }) => (path.length > best.length ? path : best), '')
    return {
      organisation: { slug: organisation, name: nameOf(organisation) ?? organisation },
      exercise,
      reader: signedIn.name,
      roles,
      csrf: sessions.csrfOf(signedIn.session),
      commandId: uuidv7(),
      navigation: open.map(({ path, navigation }) => ({
        href: path === '/' ? home : home + path,
        text: navigation!.text,
        current: path === current,
      })),
      elsewhere: elsewhere(signedIn, nameOf).filter(({ href }) => href !== home),
      notices: noticesFor?.(organisation, signedIn.person) ?? [],
      madeAt: new Date(now(organisation)).toISOString(),
      position: models.position(organisation),
    }
  }
}

/** The organisations that somebody serves, as links. */
export function elsewhere({ organisations }: SignedIn, nameOf: ConsoleOptions['nameOf']) {
  return organisations.flatMap(({ slug }) => {
    const name = nameOf(slug)
    return name === null ? [] : [{ href: `/console/${slug}`, text: name }]
  })
}

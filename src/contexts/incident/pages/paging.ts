import type { Fields } from '#command'

/** One page of a long list, with where it stands among the others. */
export interface Sheet<Item> {
  readonly items: readonly Item[]
  readonly all: number
  readonly page: number
  readonly pages: number
}

/** The page that the address asks for; the nearest one there is, whatever it says. */
export function sheetOf<Item>(list: readonly Item[], query: Fields, size: number): Sheet<Item> {
  const pages = Math.max(1, Math.ceil(list.length / size))
  const page = Math.min(Math.max(1, Math.trunc(Number(query.get('page') ?? 1)) || 1), pages)
  return { items: list.slice((page - 1) * size, page * size), all: list.length, page, pages }
}

export interface Turning {
  readonly newer: string | null
  readonly older: string | null
  readonly where: string
}

/** Links to the pages beside this one, for a list that shows the latest first. */
export function turning(here: string, kept: Record<string, string>, { page, pages }: Sheet<unknown>): Turning {
  const to = (other: number) => `${here}?${new URLSearchParams({ ...kept, page: String(other) })}`
  return {
    newer: page > 1 ? to(page - 1) : null,
    older: page < pages ? to(page + 1) : null,
    where: `Page ${page} of ${pages}`,
  }
}

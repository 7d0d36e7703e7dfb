import { type Publisher, pressRoutes, searchRoutes } from '#contexts/public-site'
import type { RawRoute } from '#platform/http'
import type { Late } from './late.ts'

/** What the public site answers while somebody waits, beside what it has published. */
export function publicRoutes(late: Late, publication: Publisher, publicUrl: string): RawRoute[] {
  const execute: Parameters<typeof pressRoutes>[0]['execute'] = (instruction) =>
    late.application?.execute(instruction) ?? Promise.resolve(late.starting())
  return [...searchRoutes(publication), ...pressRoutes({ publication, publicUrl, execute })]
}

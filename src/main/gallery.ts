import { readdirSync } from 'node:fs'
import type { Exhibit } from '#platform/http'

const CONTEXTS = new URL('../contexts/', import.meta.url)

/** Whether this server shows its gallery: for those who work on Holdfast. */
export function showsGallery(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.HOLDFAST_GALLERY === '1' || environment.NODE_ENV === 'development'
}

/** Every page of every room in each of its states: whatever a `pages/*.gallery.ts` exports as a list of pages. */
export async function readGallery(): Promise<Exhibit[]> {
  const files = readdirSync(CONTEXTS, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^[\w-]+[/\\]pages[/\\][\w-]+\.gallery\.ts$/.test(path),
  )
  const read = files.toSorted().map(async (file) => {
    const room = file.split(/[/\\]/)[0]!
    const module: Record<string, unknown> = await import(new URL(file.replaceAll('\\', '/'), CONTEXTS).href)
    return Object.values(module)
      .filter((value) => Array.isArray(value))
      .flatMap((list) => (list as Exhibit[]).map(({ name, html }) => ({ room, name, html })))
  })
  return (await Promise.all(read)).flat()
}

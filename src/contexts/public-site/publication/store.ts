import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Document, etagOf } from './document.ts'
import { type DocumentSet, EMPTY, type Publication, succeed } from './publication.ts'

/**
 * On disk: `sets/<name>@<revision>/` holds one organisation's files and never changes; `revisions/<n>/` is a whole site
 * of links to sets, `<n>.001/` the same revision once an organisation has gone; `current` is a link to the newest, moved by
 * one rename. Point any web server at `current`.
 */
export interface Store {
  /** The publication is complete on disk, and `current`, when this resolves. */
  write(publication: Publication): Promise<void>
  /** The newest publication that is whole; null where there is none. */
  load(): Promise<Publication | null>
}

const KEEP = 3
const AT_ONCE = 16

interface Manifest {
  readonly revision: number
  readonly sets: readonly (Omit<DocumentSet, 'documents'> & {
    readonly folder: string
    readonly documents: readonly Stored[]
  })[]
}

type Stored = Omit<Document, 'body'>

const folderOf = (set: Pick<DocumentSet, 'name' | 'revision'>) => `${set.name || '_region'}@${set.revision}`

export function openStore(directory: string): Store {
  const at = (...parts: string[]) => join(directory, ...parts)

  async function writeSet(set: DocumentSet): Promise<void> {
    const folder = at('sets', folderOf(set))
    if (existsSync(folder)) return
    const unfinished = at('unfinished', folderOf(set))
    await rm(unfinished, { recursive: true, force: true })
    const folders = new Set(set.documents.map(({ file }) => dirname(file)))
    for (const one of folders) await mkdir(join(unfinished, one), { recursive: true })
    const files = set.documents.flatMap(({ file, body }) => [
      { path: join(unfinished, file), bytes: body.identity },
      { path: join(unfinished, `${file}.gz`), bytes: body.gzip },
      { path: join(unfinished, `${file}.br`), bytes: body.brotli! },
    ])
    // All written before the first is synced: then the first sync takes most of the others along.
    await several(files, ({ path, bytes }) => writeFile(path, bytes))
    await several(files, ({ path }) => syncFile(path))
    await mkdir(at('sets'), { recursive: true })
    await rename(unfinished, folder)
    await syncFolder(at('sets'))
  }

  async function newestFirst(): Promise<string[]> {
    const names = await readdir(at('revisions'))
    return names.filter((name) => Number.isFinite(Number(name))).sort((a, b) => Number(b) - Number(a))
  }

  /** A folder that `current` may lead to is never taken away from under its readers. */
  async function freeName(revision: number): Promise<string> {
    const [newest] = (await newestFirst()).filter((name) => Math.floor(Number(name)) === revision)
    if (newest === undefined) return String(revision)
    return String(Math.round(Number(newest) * 1000 + 1) / 1000)
  }

  async function tidy(publication: Publication): Promise<void> {
    const names = await newestFirst()
    const kept = names.filter((name) => Math.floor(Number(name)) <= publication.revision).slice(0, KEEP)
    for (const name of names)
      if (!kept.includes(name)) await rm(at('revisions', name), { recursive: true, force: true })
    const used = new Set<string>()
    for (const name of kept)
      for (const set of (await readManifest(at('revisions', name)))?.sets ?? []) used.add(set.folder)
    for (const folder of await readdir(at('sets')))
      if (!used.has(folder)) await rm(at('sets', folder), { recursive: true, force: true })
  }

  return {
    async write(publication) {
      for (const set of publication.sets.values()) await writeSet(set)
      await mkdir(at('revisions'), { recursive: true })
      const name = await freeName(publication.revision)
      const unfinished = at('unfinished', name)
      await rm(unfinished, { recursive: true, force: true })
      await mkdir(unfinished, { recursive: true })
      for (const set of publication.sets.values()) {
        const folder = join('..', '..', 'sets', folderOf(set))
        if (set.name !== '') await symlink(folder, join(unfinished, set.name))
        else
          for (const { file } of set.documents)
            for (const ending of ['', '.gz', '.br'])
              await symlink(join(folder, file + ending), join(unfinished, file + ending))
      }
      await writeSynced(join(unfinished, 'publication.json'), Buffer.from(JSON.stringify(manifestOf(publication))))
      await rename(unfinished, at('revisions', name))
      await syncFolder(at('revisions'))
      await rm(at('current.next'), { force: true })
      await symlink(join('revisions', name), at('current.next'))
      await rename(at('current.next'), at('current'))
      await syncFolder(directory)
      await tidy(publication)
    },

    async load() {
      if (!existsSync(at('revisions'))) return null
      const current = await readlink(at('current')).catch(() => '')
      const names = await newestFirst()
      const first = names.filter((name) => join('revisions', name) === current)
      for (const name of new Set([...first, ...names])) {
        const publication = await readPublication(directory, at('revisions', name)).catch(() => null)
        if (publication) return publication
      }
      return null
    },
  }
}

function manifestOf(publication: Publication): Manifest {
  return {
    revision: publication.revision,
    sets: [...publication.sets.values()].map((set) => ({
      ...set,
      folder: folderOf(set),
      documents: set.documents.map(({ body: _, ...stored }) => stored),
    })),
  }
}

async function readManifest(folder: string): Promise<Manifest | null> {
  return JSON.parse(await readFile(join(folder, 'publication.json'), 'utf8').catch(() => 'null')) as Manifest | null
}

/** Null or an error where a file is missing or is not what was written: a torn revision is passed over. */
async function readPublication(directory: string, folder: string): Promise<Publication | null> {
  const manifest = await readManifest(folder)
  if (!manifest) return null
  const sets: DocumentSet[] = []
  for (const { folder: name, documents, ...set } of manifest.sets)
    sets.push({
      ...set,
      documents: await Promise.all(documents.map((one) => readDocument(join(directory, 'sets', name), one))),
    })
  return succeed(EMPTY, sets)
}

async function readDocument(folder: string, stored: Stored): Promise<Document> {
  const [identity, gzip, brotli] = await Promise.all(
    ['', '.gz', '.br'].map((ending) => readFile(join(folder, stored.file + ending))),
  )
  if (etagOf(identity!) !== stored.etag) throw new Error(`${stored.file} is damaged`)
  return { ...stored, body: { identity: identity!, gzip: gzip!, brotli: brotli! } }
}

async function several<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(work))
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

async function writeSynced(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Windows syncs no folders; there the manifest's hashes still find a torn revision.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  } finally {
    await handle.close()
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Complaint } from './verb.ts'

const TABLES = ['components.csv', 'services.csv', 'needs.csv']

/** Files, or the tables of a folder, as they are; bytes are decoded by whoever reads them. */
export function readEstateFiles(paths: readonly string[]): { name: string; text: Uint8Array }[] {
  return paths.flatMap((path) => {
    try {
      if (!statSync(path).isDirectory()) return [{ name: basename(path), text: readFileSync(path) }]
      const tables = readdirSync(path).filter((name) => TABLES.includes(name.toLowerCase()))
      if (tables.length === 0) throw new Complaint(`${path} holds none of ${TABLES.join(', ')}.`)
      return tables.map((name) => ({ name, text: readFileSync(join(path, name)) }))
    } catch (error) {
      if (error instanceof Complaint) throw error
      const { code } = error as NodeJS.ErrnoException
      throw new Complaint(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`)
    }
  })
}

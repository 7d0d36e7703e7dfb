import { readFileSync } from 'node:fs'
import type { Schema } from '#platform/database'

/** Sessions, and what guards signing in: everything that may be lost without losing who may do what. */
export const accessSchema: Schema = {
  schema: 'access',
  files: ['001-access.sql'].map((name) => ({
    name,
    sql: readFileSync(new URL(`migrations/${name}`, import.meta.url), 'utf8'),
  })),
}

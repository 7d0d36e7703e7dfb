import { readFileSync } from 'node:fs'
import type { Schema } from '#platform/database'

/** What the public site keeps that is no decision of anybody's: its subscribers, and how far they have been told. */
export const publicSiteSchema: Schema = {
  schema: 'public_site',
  files: ['001-subscriptions.sql'].map((name) => ({
    name,
    sql: readFileSync(new URL(`migrations/${name}`, import.meta.url), 'utf8'),
  })),
}

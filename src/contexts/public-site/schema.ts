import { readFileSync } from 'node:fs'
import type { Schema } from '#platform/database'

/** What the public site keeps that is no decision of anybody's: its subscribers, how far they have been told, and what was published. */
export const publicSiteSchema: Schema = {
  schema: 'public_site',
  files: ['001-subscriptions.sql', '002-publication.sql', '003-stopped.sql'].map((name) => ({
    name,
    sql: readFileSync(new URL(`migrations/${name}`, import.meta.url), 'utf8'),
  })),
}

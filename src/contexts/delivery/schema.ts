import { readFileSync } from 'node:fs'
import type { Schema } from '#platform/database'

/** The outbox: what is to be sent, and how each sending ended. */
export const deliverySchema: Schema = {
  schema: 'delivery',
  files: ['001-delivery.sql'].map((name) => ({
    name,
    sql: readFileSync(new URL(`migrations/${name}`, import.meta.url), 'utf8'),
  })),
}

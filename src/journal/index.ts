import { readFileSync } from 'node:fs'
import type { Schema } from '#platform/database'

export type { AppendRequest, AppendResult } from './append-request.ts'
export { type Journal, type JournalOptions, openJournal } from './journal.ts'
export { JournalDamaged } from './live/load.ts'
export { type AnyModel, createModels, foldModel, type LiveModels, type Model, type Models } from './live/models.ts'
export { ExportRefused } from './store/export.ts'
export { KeysRefused } from './store/installation.ts'

/** The journal's own PostgreSQL schema. */
export const journalSchema: Schema = {
  schema: 'journal',
  files: ['001-journal.sql', '002-cheaper-appends.sql'].map((name) => ({
    name,
    sql: readFileSync(new URL(`migrations/${name}`, import.meta.url), 'utf8'),
  })),
}

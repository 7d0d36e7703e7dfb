import type { Tx } from '#platform/database'

export interface Table {
  readonly schema: string
  readonly name: string
  /** Columns of the primary key, which a backup is ordered by. */
  readonly key: readonly string[]
}

/**
 * Every table of the schemas that rooms have brought, in order, but for those whose own comment begins `Not backed up`;
 * `holdfast` itself is made anew by migrating.
 */
export async function readTables(tx: Tx): Promise<Table[]> {
  const rows = await tx.query<{ schema: string; name: string; key: string[] | null }>(
    '',
    `select n.nspname as schema, c.relname as name, (
       select array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum))
       from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
       where i.indrelid = c.oid and i.indisprimary
     ) as key
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in (select schema from holdfast.migrations)
       and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'Not backed up%'
     order by n.nspname, c.relname`,
  )
  return rows.map(({ schema, name, key }) => {
    if (!key) throw new Error(`${schema}.${name} has no primary key: a backup could not be ordered`)
    return { schema, name, key }
  })
}

export async function readMigrations(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    '',
    "select schema || '/' || name as id from holdfast.migrations order by schema, name",
  )
  return rows.map(({ id }) => id)
}

export function quoted(...names: readonly string[]): string {
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')
}

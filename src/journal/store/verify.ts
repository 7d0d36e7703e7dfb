import { type Instant, parseInstant } from '#kernel'
import type { Database } from '#platform/database'
import {
  CompactRange,
  cosignatureVerifier,
  leafHash,
  noteVerifier,
  openCheckpoint,
  opens,
  vkeysOf,
} from '../core/index.ts'
import type { Checkpoints } from './checkpoints.ts'
import { readHeads } from './heads.ts'

const BATCH = 5000
const MOST_FINDINGS = 20

export interface Verified {
  readonly entries: number
  readonly root: string
  readonly checkpoints: number
  /** What is wrong, each with where; empty when the journal is whole. */
  readonly findings: readonly string[]
}

interface Row {
  readonly number: number
  readonly leaf: string
  readonly hash: Buffer
  readonly sealed: Record<string, { salt: string; value: unknown }> | null
}

/** Checks every leaf, seal, number, time, root and checkpoint of a journal as it stands in the database. */
export async function verifyJournal(
  database: Database,
  checkpoints: Checkpoints,
  organisation: string,
): Promise<Verified> {
  const head = (await readHeads(database, [organisation])).get(organisation)!
  const findings: string[] = []
  const found = (finding: string) => void (findings.length < MOST_FINDINGS && findings.push(finding))
  const signed = await checkpoints.all(organisation)
  const roots = new Map(signed.map(({ size }) => [size, '']))
  const range = CompactRange.empty()
  const erased = new Set<string>()
  const missing: { number: number; field: string }[] = []
  let before = 0

  for (let after = 0; after < head.size; after += BATCH) {
    for (const row of await readRows(database, organisation, after)) {
      const expected = range.size + 1
      if (row.number !== expected) {
        found(`entry ${expected} is missing`)
        return { entries: head.size, root: '', checkpoints: signed.length, findings }
      }
      if (!leafHash(row.leaf).equals(row.hash)) found(`entry ${expected} does not match its hash`)
      range.push(row.hash)
      if (roots.has(expected)) roots.set(expected, range.root().toString('base64'))
      const leaf = JSON.parse(row.leaf) as {
        type: string
        recordedAt: Instant
        data: never
        sealed: Record<string, string>
      }
      const recordedAt = parseInstant(leaf.recordedAt)!
      if (recordedAt < before) found(`entry ${expected} is recorded before its predecessor`)
      before = recordedAt
      if (leaf.type === 'journal.erased') for (const key of erasedKeys(leaf.data)) erased.add(key)
      for (const [field, digest] of Object.entries(leaf.sealed)) {
        const kept = row.sealed?.[field]
        if (!kept) missing.push({ number: expected, field })
        else if (!opens(digest, field, kept.value, Buffer.from(kept.salt, 'hex')))
          found(`${field} of entry ${expected} was changed`)
      }
    }
  }
  if (range.size < head.size) found(`entry ${range.size + 1} of ${head.size} is missing`)
  else if (!range.serialise().equals(head.range.serialise()))
    found(`the ${head.size} entries do not give the recorded root`)
  for (const { number, field } of missing)
    if (!erased.has(`${number} ${field}`)) found(`${field} of entry ${number} is gone without an erasure`)
  for (const { size, note } of signed) checkCheckpoint(checkpoints, organisation, size, note, roots.get(size)!, found)
  return { entries: head.size, root: range.root().toString('base64'), checkpoints: signed.length, findings }
}

function readRows(database: Database, organisation: string, after: number): Promise<Row[]> {
  return database.query<Row>(
    'journal-verify',
    `select e.number, e.leaf, e.hash, (
       select json_object_agg(s.field, json_build_object('salt', encode(s.salt, 'hex'), 'value', s.value::json))
       from journal.sealed s where s.organisation = e.organisation and s.number = e.number
     ) as sealed
     from journal.entries e where e.organisation = $1 and e.number > $2 and e.number <= $3 order by e.number`,
    [organisation, after, after + BATCH],
  )
}

function erasedKeys(data: { entries: { number: number; fields: string[] }[] }): string[] {
  return data.entries.flatMap(({ number, fields }) => fields.map((field) => `${number} ${field}`))
}

function checkCheckpoint(
  checkpoints: Checkpoints,
  organisation: string,
  size: number,
  note: string,
  root: string,
  found: (finding: string) => void,
): void {
  const keys = vkeysOf(checkpoints.keysOf(organisation))
  const opened = openCheckpoint(note, { log: noteVerifier(keys.log)!, witnesses: [cosignatureVerifier(keys.witness)!] })
  if ('wrong' in opened) found(`the checkpoint at ${size} entries does not hold: ${opened.wrong}`)
  else if (opened.size !== size || opened.root.toString('base64') !== root)
    found(`the checkpoint at ${size} entries was signed on other entries than these`)
}

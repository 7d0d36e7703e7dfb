// Checks an exported journal; README.md beside this file says what it reads. Shares no code with Holdfast, on purpose.
import { createHash, createPublicKey, verify as isSigned, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

type Attack = 'edit' | 'delete' | 'insert' | 'reorder' | 'truncation' | 'fork' | 'back-dating'
export type Kind = Attack | 'forged' | 'malformed'
export type Options = { since?: string; keys?: string[] }
type Find = (kind: Kind, where: string, what: string) => void
type Files = (name: string) => Buffer | null
type Texts = Record<'organisation' | 'stream' | 'type' | 'occurredAt' | 'recordedAt', string>
type Leaf = Texts & { number: number; version: number; reportedAt: string | null; sealed: object; data: unknown }
type Entry = { hash: string; line: Buffer; leaf: Leaf | null }
type Key = { vkey: string; name: string; id: string; key: KeyObject }
type Checkpoint = { where: string; origin?: string; size: number; root: string; at: number; wrong: string }
type Change = { kind: Kind; position: number }

const sha = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const latin = (base64: string) => Buffer.from(base64, 'base64').toString('latin1')
const EMPTY = sha('').toString('latin1')
const leafHash = (leaf: Buffer | string) => sha('\0', leaf).toString('latin1')
const pairHash = (left: string, right: string) => sha('\x01', Buffer.from(left + right, 'latin1')).toString('latin1')
const timeOf = (instant: string) => Date.parse(instant.toUpperCase())
const iso = (at: number) => (Number.isNaN(at) ? 'no signed time' : new Date(at).toISOString())
const LEAF = 'actor command data number occurredAt organisation recordedAt reportedAt sealed stream type v version'
const WORDS = { edit: 'changed', delete: 'gone', insert: 'put in', reorder: 'moved', truncation: 'cut off the end' }
const LEAF_PARTS = /^(.*"number":)\d+(,"occurredAt":.*"version":)\d+\}$/s
const SINCE = 'the checkpoint you hold'
const [LINE_BYTES, TRIES] = [16_000_000, 50_000]

const upTo = (end: number, start: number) => Array.from({ length: end - start }, (_, index) => start + index)

/** RFC 8785. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

function linesOf(file: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let [start, end] = [0, 0]; start < file.length; start = end + 1) {
    end = file.indexOf(10, start)
    if (end < 0) end = file.length
    lines.push(file.subarray(start, end))
  }
  return lines
}

function parse<T>(line: Buffer, read: (json: never) => T): T | null {
  try {
    return line.length > LINE_BYTES ? null : read(JSON.parse(line.toString()) as never)
  } catch {
    return null
  }
}

function parseLeaf(line: Buffer): Leaf | null {
  return parse(line, (leaf: Leaf) => {
    const texts = [leaf.organisation, leaf.stream, leaf.type, leaf.occurredAt, leaf.recordedAt, leaf.reportedAt ?? '']
    const times = timeOf(leaf.recordedAt) + timeOf(leaf.occurredAt) + timeOf(leaf.reportedAt ?? leaf.recordedAt)
    const counts = [leaf.number, leaf.version, times].every(Number.isSafeInteger)
    const typed = texts.every((text) => typeof text === 'string') && Object.keys(leaf).join(' ') === LEAF
    return counts && typed && leaf.sealed && canonical(leaf) === line.toString() ? leaf : null
  })
}

function parseKey(vkey: string, type: number): Key | null {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\s*$/.exec(vkey) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  if (bytes.length !== 33 || bytes[0] !== type || sha(`${name}\n`, bytes).toString('hex', 0, 4) !== id) return null
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)])
  return { vkey: vkey.trim(), name: name!, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) }
}

/** A C2SP signed note with a checkpoint and its cosignature/v1; `wrong` says why it does not count. */
function readCheckpoint(note: string, where: string, log: Key, witness: Key): Checkpoint {
  const split = note.lastIndexOf('\n\n') + 1
  const text = note.slice(0, split)
  const [, origin, size, root] = /^(.+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:.+\n)*$/.exec(text) ?? []
  const checkpoint = { where, origin, size: Number(size), root: latin(root ?? ''), at: Number.NaN, wrong: '' }
  const unsigned = new Set([log, witness])
  for (const line of note.slice(split + 1).split('\n')) {
    const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const signature = Buffer.from(encoded ?? '', 'base64')
    const key = [log, witness].find((one) => name === one.name && signature.toString('hex', 0, 4) === one.id)
    const time = key === witness && signature.length === 76 ? signature.readBigUInt64BE(4) : 0n
    const message = Buffer.from(key === witness ? `cosignature/v1\ntime ${time}\n${text}` : text)
    if (!key || !isSigned(null, message, key.key, signature.subarray(-64))) continue
    unsigned.delete(key)
    if (key === witness) checkpoint.at = Number(time) * 1000
  }
  for (const { name } of unsigned) checkpoint.wrong = `is not signed by ${name}`
  if (origin !== log.name) checkpoint.wrong = origin ? `is of another log, ${origin}` : 'is not a signed checkpoint'
  return checkpoint
}

/** RFC 6962 roots of the first n hashes, for each n that is asked for. */
function rootsOf(hashes: string[], sizes: Set<number>): Map<number, string> {
  const [roots, edge] = [new Map<number, string>(), [] as string[]]
  for (let size = 0; size <= hashes.length; size++) {
    if (sizes.has(size)) roots.set(size, edge.length ? edge.reduceRight((all, left) => pairHash(left, all)) : EMPTY)
    let hash = hashes[size]!
    for (let index = size; index % 2 === 1 && hash; index = (index - 1) / 2) hash = pairHash(edge.pop()!, hash)
    edge.push(hash)
  }
  return roots
}

/** What was done to `before` to make `after`: the longest run in the old order stays; the rest was moved, cut or put in. */
function compare<T>(before: T[], after: T[]): Change[] {
  const places = new Map(before.map((item, place) => [item, place]))
  const left = new Map(places)
  const from = after.map((item) => (left.delete(item) ? places.get(item)! : -1))
  const [ends, previous, kept] = [[] as number[], [] as number[], new Set<number>()]
  for (const [position, place] of from.entries()) {
    const run = place < 0 ? 0 : ends.findLastIndex((end) => from[end]! < place) + 1
    previous[position] = ends[run - 1] ?? -1
    if (place >= 0) ends[run] = position
  }
  for (let position = ends.at(-1) ?? -1; position >= 0; position = previous[position]!) kept.add(position)
  const changes: Change[] = []
  let [place, extra] = [0, [] as number[]]
  for (let position = 0; position <= after.length; position++) {
    const was = from[position] ?? before.length
    if (kept.has(position) || position === after.length) {
      const missing = upTo(was, place).filter((gone) => left.has(before[gone]!))
      const [put, lost] = [extra.splice(0), position === after.length ? 'truncation' : 'delete'] as const
      const kindOf = (nth: number) => (nth < missing.length ? 'edit' : 'insert')
      for (const [nth, at] of put.entries()) changes.push({ kind: kindOf(nth), position: at })
      for (const gone of missing.slice(put.length)) changes.push({ kind: lost, position: gone })
      place = was + 1
    } else if (was < 0) extra.push(position)
    else changes.push({ kind: 'reorder', position })
  }
  return changes
}

/** Entries given new numbers to hide a deletion, an insertion or a move are known again by the numbers that they had. */
function knownAgain(entries: Entry[], signed: string[]): string[] {
  const wanted = new Map(signed.map((hash, place) => [hash, place + 1]))
  for (const { hash } of entries) wanted.delete(hash)
  let [tries, shift] = [TRIES, 0]
  return entries.map(({ hash, leaf, line }) => {
    if (!leaf || wanted.size === 0 || signed[leaf.number - 1] === hash) return hash
    const [, head, tail] = LEAF_PARTS.exec(line.toString())!
    for (const number of [leaf.number + shift, ...wanted.values().take(1000)])
      for (const version of upTo(leaf.version + 5, leaf.version - 4)) {
        const was = leafHash(`${head}${number}${tail}${version}}`)
        if (tries-- < 0 || !wanted.delete(was)) continue
        shift = number - leaf.number
        return was
      }
    return hash
  })
}

function tilePath(level: number, index: number, width: number): string {
  const digits = `${index}`.padStart(3 * Math.ceil(`${index}`.length / 3), '0')
  return `tile/${level}/${digits.replace(/\d{3}(?=\d)/g, 'x$&/')}${width < 256 ? `.p/${width}` : ''}`
}

/** The leaf hashes in the tiles of level 0, as far as they go. */
function readTiles(files: Files, sizes: number[]): string[] {
  const hashes: string[] = []
  for (let index = 0; hashes.length === index * 256; index++) {
    const widths = [256, ...sizes.map((size) => size - index * 256).filter((width) => width > 0 && width < 256)]
    for (const width of new Set(widths)) {
      const tile = hashes.length > index * 256 ? null : files(tilePath(0, index, width))
      for (let at = 0; tile && at + 32 <= tile.length; at += 32) hashes.push(tile.toString('latin1', at, at + 32))
    }
  }
  return hashes
}

function checkTiles(files: Files, hashes: string[], find: Find, level = 0): void {
  const above: string[] = []
  for (let start = 0; start < hashes.length; start += 256) {
    const expected = hashes.slice(start, start + 256)
    const path = tilePath(level, start / 256, expected.length)
    const tile = files(path)?.toString('latin1')
    if (tile === undefined) find('delete', path, 'is missing')
    else if (tile !== expected.join('')) find('edit', path, 'does not hold the hashes of the entries')
    if (expected.length === 256) above.push(rootsOf(expected, new Set([256])).get(256)!)
  }
  if (above.length > 0) checkTiles(files, above, find, level + 1)
}

function checkSealed(file: Buffer, leaves: Leaf[], find: Find): void {
  const [digests, seen] = [new Map<string, string>(), new Set<string>()]
  for (const { number, sealed } of leaves)
    for (const [field, digest] of Object.entries(sealed)) digests.set(`${field} of entry ${number}`, digest)
  const open = ({ number, field, salt, value }: Record<'number' | 'field' | 'salt', string> & { value: unknown }) => {
    const digest = sha(Buffer.from(salt, 'hex'), canonical([field, value])).toString('hex')
    return [`${field} of entry ${number}`, `sha256:${digest}`] as const
  }
  for (const [index, line] of linesOf(file).entries()) {
    const [key, digest] = parse(line, open) ?? [`sealed.jsonl line ${index + 1}`, '']
    if (!digest) find('malformed', key, 'is not a sealed field')
    else if (seen.has(key) || !digests.has(key)) find('insert', key, 'is a sealed field too many')
    else if (digests.get(key) !== digest) find('edit', key, 'is a sealed field that does not open its digest')
    seen.add(key)
  }
  for (const { number: by, data } of leaves.filter(({ type }) => type === 'journal.erased'))
    for (const { number, fields } of (data as { entries: { number: number; fields: string[] }[] }).entries)
      for (const field of number < by ? fields : []) seen.add(`${field} of entry ${number}`)
  for (const key of digests.keys()) if (!seen.has(key)) find('delete', key, 'is missing, and no later entry erased it')
}

/** All that is wrong with an export, given by name of file (null: none); where nothing is, a line that says so. */
export function verifyExport(files: Files, options: Options = {}) {
  const findings: { kind: Kind; where: string; what: string }[] = []
  const find: Find = (kind, where, what) => findings.push({ kind, where, what })
  let summary = ''
  try {
    summary = judge(files, options, find, findings)
  } catch (error) {
    find('malformed', 'this export', `cannot be read: ${(error as Error).message}`)
  }
  return { findings, summary }
}

function judge(files: Files, { since, keys = [] }: Options, find: Find, findings: { kind: Kind }[]): string {
  const read = (name: string) => {
    const file = files(name)
    if (!file) throw new Error(`${name} is missing`)
    return file
  }
  const keyOf = (name: string, type: number) => {
    const own = parseKey(read(name).toString(), type)
    const key = keys.map((given) => parseKey(given, type)).find(Boolean) ?? own
    if (!key) throw new Error(`${name} is not a verifier key`)
    if (key.vkey !== own?.vkey) find('forged', name, 'is not the key that you gave')
    return key
  }
  const [log, witness] = [keyOf('log.vkey', 1), keyOf('witness.vkey', 4)]
  const organisation = log.name.slice(log.name.lastIndexOf('/') + 1)
  const entries = linesOf(read('entries.jsonl')).map((line) => ({ hash: leafHash(line), line, leaf: parseLeaf(line) }))
  const hashes = entries.map(({ hash }) => hash)

  const take = (note: string, where: string) => readCheckpoint(note, where, log, witness)
  const older = linesOf(read('checkpoints.jsonl')).map((line) => parse(line, String) ?? '')
  const all = older.map((note, at) => take(note, `checkpoints.jsonl line ${at + 1}`))
  const latest = take(read('checkpoint').toString(), 'checkpoint')
  all.push(latest, ...(since === undefined ? [] : [take(since, SINCE)]))
  for (const { wrong, where, origin } of all) if (wrong) find(origin ? 'forged' : 'malformed', where, wrong)
  // Whoever brings a checkpoint of this log has it as a judge, even if the export now shows another key.
  const signed = all.filter(({ wrong, where, origin }) => !wrong || (where === SINCE && origin === log.name))
  signed.sort((a, b) => a.size - b.size || a.at - b.at)
  const top = signed.at(-1)
  if (!top) throw new Error('no checkpoint in it counts')
  if (latest.size < top.size) find('truncation', 'checkpoint', `has ${latest.size} entries, ${top.where} ${top.size}`)
  for (const [index, { size, root, at, where }] of signed.slice(1).entries()) {
    const last = signed[index]!
    if (size === last.size && root !== last.root) find('fork', where, `is for another root than ${last.where}`)
    if (size > last.size && at < last.at) find('back-dating', where, `of ${iso(at)} comes after ${iso(last.at)}`)
  }

  const sizes = new Set([entries.length, ...signed.map(({ size }) => size).reverse()])
  const tiles = readTiles(files, [...sizes])
  const [ours, theirs] = [rootsOf(hashes, sizes), rootsOf(tiles, sizes)]
  const fits = (roots: typeof ours, most: number, yes: boolean) =>
    signed.filter(({ size, root }) => size <= most && (roots.get(size) === root) === yes)
  const [good, tiled] = [ours, theirs].map((roots) => fits(roots, top.size, true).at(-1)?.size ?? -1) as [
    number,
    number,
  ]
  const [best, most] = good < tiled ? [theirs, tiled] : [ours, good]
  const other = fits(best, most, false)[0]
  const common = fits(best, other?.size ?? 0, true).at(-1)?.size ?? 0
  if (other && findings.every(({ kind }) => kind !== 'fork'))
    find('fork', other.where, `parts after entry ${common} from the checkpoint for ${most}`)

  const numbers = entries.map(({ leaf }) => leaf?.number ?? 0)
  const highest = numbers.reduce((a, b) => Math.max(a, b), 0)
  const until = good === top.size ? Math.min(highest, numbers.length * 2) : Math.min(top.size, entries.length + 100_000)
  let changes = compare(upTo(until + 1, 1), numbers)
  if (good === top.size) {
    const added = upTo(entries.length, top.size).map((position): Change => ({ kind: 'insert', position }))
    if (changes.length === 0) changes = added
    checkTiles(files, hashes.slice(0, top.size), find)
  } else if (tiled > good) {
    changes = compare(tiles.slice(0, tiled), knownAgain(entries, tiles))
    if (tiled < top.size) changes = changes.filter(({ kind, position }) => kind !== 'insert' || position < tiled)
  } else {
    // Tiles that were rewritten too tell nothing: what is left are the numbers, and the checkpoints that still hold.
    const wrong = fits(ours, entries.length, false)[0]
    if (wrong && changes[0]?.kind === 'truncation') changes = [{ kind: 'delete', position: good }]
    const range = `entries ${good + 1} to ${wrong?.size ?? top.size}`
    find(changes[0]?.kind ?? 'edit', range, 'are not what was signed, nor are the tiles')
  }
  for (const [kind, list] of Map.groupBy(changes, (change) => change.kind)) {
    const places = list.slice(0, 20).map(({ position }) => position + 1)
    const where = `${kind === 'delete' || kind === 'truncation' ? 'entry' : 'line'} ${places.join(', ')}`
    find(kind, where, `${WORDS[kind as keyof typeof WORDS]} (${list.length} in all)`)
  }

  const touched = new Map(changes.map(({ kind, position }) => [position, kind]))
  const versions = new Map<string, number>()
  let last = Number.NEGATIVE_INFINITY
  for (const [position, { leaf }] of entries.entries()) {
    const [kind, where] = [touched.get(position), `entry ${leaf?.number ?? `in line ${position + 1}`}`]
    if (!leaf && !kind) find('malformed', where, 'is not a leaf in canonical JSON')
    if (!leaf || kind === 'reorder') continue
    const [at, version] = [timeOf(leaf.recordedAt), (versions.get(leaf.stream) ?? 0) + 1]
    const happened = Math.max(timeOf(leaf.occurredAt), timeOf(leaf.reportedAt ?? leaf.occurredAt))
    if (at < last) find('back-dating', where, `of ${iso(at)} comes after ${iso(last)}`)
    if (at < happened) find('back-dating', where, `of ${iso(at)} tells of ${iso(happened)}`)
    if (kind !== 'edit' && kind !== 'insert') last = Math.max(last, at)
    if (leaf.organisation !== organisation && findings.length === 0) find('insert', where, `is of ${leaf.organisation}`)
    if (leaf.version !== version && findings.length === 0)
      find(leaf.version > version ? 'delete' : 'insert', where, `should be version ${version} of ${leaf.stream}`)
    versions.set(leaf.stream, leaf.version)
  }
  for (const { size, at, where } of fits(ours, top.size, true)) {
    const [before, after] = [entries[size - 1]?.leaf, entries[size]?.leaf]
    if (before && timeOf(before.recordedAt) >= at + 1000)
      find('back-dating', where, `is older than entry ${size} in it`)
    if (after && timeOf(after.recordedAt) < at)
      find('back-dating', `entry ${size + 1}`, `is older than ${where} before it`)
  }
  const leaves = entries.flatMap(({ leaf }) => leaf ?? [])
  if (findings.length === 0) checkSealed(read('sealed.jsonl'), leaves, find)
  const root = Buffer.from(top.root, 'latin1').toString('base64')
  return `${organisation}: ${entries.length} entries, whole; checkpoint of ${iso(top.at)}, root ${root}`
}

function main(): number {
  try {
    const options = { since: { type: 'string' }, key: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [folder, more] = positionals
    if (!folder || more || !statSync(folder).isDirectory()) throw new Error('name one folder')
    const wrong = values.key?.find((key) => !parseKey(key, 1) && !parseKey(key, 4))
    if (wrong) throw new Error(`${wrong} is not a verifier key`)
    const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile()
    const files = (name: string) => (isFile(`${folder}/${name}`) ? readFileSync(`${folder}/${name}`) : null)
    const since = values.since === undefined ? {} : { since: readFileSync(values.since, 'utf8') }
    const { findings, summary } = verifyExport(files, { keys: values.key ?? [], ...since })
    console.log(findings.map(({ kind, where, what }) => `${kind}: ${where}: ${what}`).join('\n') || summary)
    return findings.length > 0 ? 1 : 0
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: node verifier/verify.ts EXPORT-DIR [--since FILE] [--key VKEY]`)
    return 2
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main()

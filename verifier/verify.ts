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
type Counts = Record<'number' | 'version', number>
type Leaf = Texts & Counts & { reportedAt: string | null; sealed: Record<string, string>; data: unknown }
type Entry = { hash: string; line: Buffer; leaf: Leaf | null }
type Key = { vkey: string; name: string; id: string; key: KeyObject }
type Checkpoint = { where: string; origin: string; size: number; root: string; at: number }
type Change = { kind: Kind; position: number }
type Roots = Map<number, string>

const sha = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const leafHash = (leaf: Buffer | string) => sha('\0', leaf).toString('latin1')
const pairHash = (left: string, right: string) => sha('\x01', Buffer.from(left + right, 'latin1')).toString('latin1')
const timeOf = (instant: string) => Date.parse(instant.toUpperCase())
const iso = (at: number) => (Number.isNaN(at) ? 'no signed time' : new Date(at).toISOString())
const LEAF = 'actor command data number occurredAt organisation recordedAt reportedAt sealed stream type v version'
const SINCE = 'the checkpoint you hold'
const [LINE_BYTES, TRIES] = [16_000_000, 50_000]

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

/** A signed note (C2SP) with a checkpoint and its cosignature/v1; `wrong` says why it does not count. */
function readCheckpoint(note: string, where: string, log: Key, witness: Key): [Checkpoint | null, wrong?: string] {
  const split = note.lastIndexOf('\n\n') + 1
  const text = note.slice(0, split)
  const head = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/
  const [, origin, size, root] = head.exec(text) ?? []
  if (!origin) return [null, 'is not a signed checkpoint']
  const checkpoint = { where, origin, size: Number(size), root: root!, at: Number.NaN }
  let signed = false
  for (const line of note.slice(split + 1).split('\n')) {
    const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const signature = Buffer.from(encoded ?? '', 'base64')
    const by = (key: Key) => name === key.name && signature.toString('hex', 0, 4) === key.id
    const time = signature.length === 76 ? signature.readBigUInt64BE(4) : 0n
    const message = Buffer.from(by(witness) ? `cosignature/v1\ntime ${time}\n${text}` : text)
    const key = by(log) ? log : by(witness) ? witness : null
    if (key && !isSigned(null, message, key.key, signature.subarray(-64)))
      return [checkpoint, `was not signed by ${name}`]
    if (key === log) signed = true
    if (key === witness) checkpoint.at = Number(time) * 1000
  }
  if (origin !== log.name) return [checkpoint, `is of another log, ${origin}`]
  if (!signed) return [checkpoint, `is not signed by ${log.name}`]
  return Number.isNaN(checkpoint.at) ? [checkpoint, `has no time signed by ${witness.name}`] : [checkpoint]
}

/** RFC 6962 roots (base64) of the first n hashes, for each n that is asked for. */
function rootsOf(hashes: string[], sizes: Set<number>): Roots {
  const [roots, edge]: [Roots, string[]] = [new Map(), []]
  for (let size = 0; size <= hashes.length; size++) {
    const root = () =>
      edge.length
        ? Buffer.from(
            edge.reduceRight((all, left) => pairHash(left, all)),
            'latin1',
          )
        : sha('')
    if (sizes.has(size)) roots.set(size, root().toString('base64'))
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
  const [ends, previous]: [number[], number[]] = [[], []]
  for (const [position, place] of from.entries()) {
    let [low, high] = [0, place < 0 ? 0 : ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (from[ends[middle]!]! < place) low = middle + 1
      else high = middle
    }
    previous[position] = ends[low - 1] ?? -1
    if (place >= 0) ends[low] = position
  }
  const kept = new Set<number>()
  for (let position = ends.at(-1) ?? -1; position >= 0; position = previous[position]!) kept.add(position)
  const changes: Change[] = []
  let [place, extra]: [number, number[]] = [0, []]
  for (let position = 0; position <= after.length; position++) {
    const [was, last] = [from[position]!, position === after.length]
    if (last || kept.has(position)) {
      const missing: number[] = []
      for (; place < (last ? before.length : was); place++) if (left.has(before[place]!)) missing.push(place)
      extra.forEach((put, nth) => changes.push({ kind: nth < missing.length ? 'edit' : 'insert', position: put }))
      for (const gone of missing.slice(extra.length))
        changes.push({ kind: last ? 'truncation' : 'delete', position: gone })
      ;[place, extra] = [was + 1, []]
    } else if (was < 0) extra.push(position)
    else changes.push({ kind: 'reorder', position })
  }
  return changes
}

/** Entries given new numbers to hide a deletion, an insertion or a move are known again by the numbers that they had. */
function knownAgain(entries: Entry[], signed: string[]): string[] {
  const wanted = new Map(signed.map((hash, place) => [hash, place]))
  for (const { hash } of entries) wanted.delete(hash)
  let [tries, shift] = [0, 0]
  return entries.map(({ hash, leaf, line }) => {
    if (wanted.size === 0 || !leaf || signed[leaf.number - 1] === hash) return hash
    const text = line.toString()
    const head = text.slice(0, text.lastIndexOf(`"number":${leaf.number},"occurredAt":`))
    const tail = text.slice(head.length).replace(/^"number":\d+|\d+\}$/g, '')
    const wasAt = (number: number) =>
      [0, 1, -1, 2, -2, 3, -3, 4, -4]
        .map((step) => leafHash(`${head}"number":${number}${tail}${leaf.version + step}}`))
        .find((was) => wanted.delete(was))
    let was = wasAt(leaf.number + shift)
    for (const place of was ? [] : wanted.values()) {
      if (tries++ > TRIES) break
      was = wasAt(place + 1)
      if (was) shift = place + 1 - leaf.number
      if (was) break
    }
    return was ?? hash
  })
}

/** What the numbers of entries, or the versions in a stream, tell by themselves. */
function countingChanges(counts: number[], all = 0): Change[] {
  const until =
    all ||
    Math.min(
      counts.reduce((most, count) => Math.max(most, count), 0),
      counts.length * 2 + 9,
    )
  if (counts.length === until && counts.every((count, index) => count === index + 1)) return []
  return compare(
    [...Array(until).keys()],
    counts.map((count) => count - 1),
  )
}

function versionChanges(entries: Entry[]): Change[] {
  const streams = Map.groupBy(entries.keys(), (position) => entries[position]!.leaf?.stream)
  return [...streams.values()].flatMap((positions) => {
    const changes = countingChanges(positions.map((position) => entries[position]!.leaf?.version ?? 0))
    return changes.map(({ kind, position }) => ({
      kind,
      position: positions[Math.min(position, positions.length - 1)]!,
    }))
  })
}

const tilePath = (level: number, index: number, width: number) =>
  `tile/${level}/${String(index)
    .padStart(3 * Math.ceil(String(index).length / 3), '0')
    .replace(/\d{3}(?=\d)/g, 'x$&/')}` + (width < 256 ? `.p/${width}` : '')

/** The leaf hashes in the tiles of level 0, as far as they go. */
function readTiles(files: Files, sizes: Set<number>): string[] {
  const hashes: string[] = []
  for (let index = 0; hashes.length === index * 256; index++) {
    const partial = () => [...sizes].map((size) => size - index * 256).filter((width) => width > 0 && width < 256)
    const read = (width: number) => files(tilePath(0, index, width))
    const tile =
      read(256) ??
      partial()
        .sort((a, b) => b - a)
        .map(read)
        .find(Boolean) ??
      Buffer.alloc(0)
    for (let at = 0; at + 32 <= tile.length; at += 32) hashes.push(tile.toString('latin1', at, at + 32))
  }
  return hashes
}

function checkTiles(files: Files, hashes: string[], find: Find, level = 0): void {
  const above: string[] = []
  for (let start = 0; start < hashes.length; start += 256) {
    const expected = hashes.slice(start, start + 256)
    const path = tilePath(level, start / 256, expected.length)
    const tile = files(path)
    if (!tile) find('delete', path, 'is missing')
    else if (tile.toString('latin1') !== expected.join(''))
      find('edit', path, 'does not hold the hashes of the entries')
    if (expected.length < 256) break
    above.push(Buffer.from(rootsOf(expected, new Set([256])).get(256)!, 'base64').toString('latin1'))
  }
  if (above.length > 0) checkTiles(files, above, find, level + 1)
}

function checkSealed(file: Buffer, leaves: Leaf[], find: Find): void {
  const digests = new Map(
    leaves.flatMap(({ number, sealed }) =>
      Object.keys(sealed).map((field) => [`${field} of entry ${number}`, sealed[field]!]),
    ),
  )
  const seen = new Set<string>()
  for (const [index, line] of linesOf(file).entries()) {
    const row = parse(
      line,
      ({ number, field, salt, value }: Record<'number' | 'field' | 'salt', string> & { value: unknown }) => ({
        key: `${field} of entry ${number}`,
        digest: `sha256:${sha(Buffer.from(/^[0-9a-f]{64}$/.exec(salt)![0], 'hex'), canonical([field, value])).toString('hex')}`,
      }),
    )
    if (!row) find('malformed', `sealed.jsonl line ${index + 1}`, 'is not a sealed field')
    else if (seen.has(row.key) || !digests.has(row.key)) find('insert', row.key, 'is a sealed field too many')
    else if (digests.get(row.key) !== row.digest) find('edit', row.key, 'is sealed, and does not open its digest')
    seen.add(row?.key ?? '')
  }
  const erasures = leaves.filter(({ type }) => type === 'journal.erased')
  for (const { number: by, data } of erasures)
    for (const { number, fields } of (data as { entries: { number: number; fields: string[] }[] }).entries)
      for (const field of number < by ? fields : []) seen.add(`${field} of entry ${number}`)
  for (const key of digests.keys()) if (!seen.has(key)) find('delete', key, 'is missing, and no later entry erased it')
}

/** Neighbouring changes of one kind, told in one line. */
function tell(changes: Change[], find: Find): void {
  const words = {
    edit: 'was changed',
    delete: 'is gone',
    insert: 'was put in',
    reorder: 'was moved',
    truncation: 'is cut off',
  }
  for (let start = 0, end = 0; start < changes.length; start = end) {
    const { kind, position } = changes[start]!
    while (changes[end]?.kind === kind && changes[end]!.position === position + end - start) end++
    const what = kind === 'delete' || kind === 'truncation' ? 'entry' : 'line'
    const until = end - start > 1 ? ` to ${position + end - start}` : ''
    find(kind, `${what} ${position + 1}${until}`, words[kind as keyof typeof words])
  }
}

/** All that is wrong with an export, whose files `files` gives (null: there is none); with nothing wrong, one line that says so. */
export function verifyExport(
  files: Files,
  { since, keys = [] }: Options = {},
): { findings: ReturnType<typeof list>; summary: string } {
  const findings = list()
  const find: Find = (kind, where, what) => findings.push({ kind, where, what })
  const read = (name: string) => files(name) ?? (find('malformed', name, 'is missing'), Buffer.alloc(0))
  const keyOf = (name: string, type: number) => {
    const own = parseKey(read(name).toString(), type)
    const given = keys.map((key) => parseKey(key, type)).find((key) => key)
    if (!own) find('malformed', name, 'is not a verifier key')
    else if (given && given.vkey !== own.vkey) find('forged', name, 'is not the key that you gave')
    return given ?? own
  }
  const [log, witness] = [keyOf('log.vkey', 1), keyOf('witness.vkey', 4)]
  if (!log || !witness) return { findings, summary: '' }
  const organisation = log.name.slice(log.name.lastIndexOf('/') + 1)
  const entries = linesOf(read('entries.jsonl')).map((line) => ({ hash: leafHash(line), line, leaf: parseLeaf(line) }))
  const hashes = entries.map(({ hash }) => hash)

  const signed: Checkpoint[] = []
  const take = (note: string, where: string) => {
    const [checkpoint, wrong] = readCheckpoint(note, where, log, witness)
    if (wrong) find(checkpoint ? 'forged' : 'malformed', where, wrong)
    // Whoever brings a checkpoint of this log has it as a judge, even if the export now shows another key.
    if (checkpoint && (!wrong || (where === SINCE && checkpoint.origin === log.name))) signed.push(checkpoint)
    return checkpoint
  }
  const latest = take(read('checkpoint').toString(), 'checkpoint')
  for (const [index, line] of linesOf(read('checkpoints.jsonl')).entries())
    take(parse(line, String) ?? '', `checkpoints.jsonl line ${index + 1}`)
  if (since !== undefined) take(since, SINCE)
  signed.sort((a, b) => a.size - b.size || a.at - b.at)
  const top = signed.at(-1)
  if (!top) return { findings, summary: '' }
  if (latest && latest.size < top.size)
    find('truncation', 'checkpoint', `covers ${latest.size} entries, ${top.where} ${top.size}`)
  for (const [index, next] of signed.slice(1).entries()) {
    const { size, root, at, where } = signed[index]!
    if (size === next.size && root !== next.root)
      find('fork', where, `has another root for ${size} entries than ${next.where}`)
    if (size < next.size && next.at < at)
      find('back-dating', next.where, `is of ${iso(next.at)}, before ${where} of ${iso(at)}`)
  }

  const sizes = new Set([...signed.map(({ size }) => size), entries.length])
  const tiles = readTiles(files, sizes)
  const [ours, theirs] = [rootsOf(hashes, sizes), rootsOf(tiles, sizes)]
  const kept = (roots: Roots, below = Number.POSITIVE_INFINITY) =>
    signed.findLast(({ size, root }) => size < below && roots.get(size) === root)?.size ?? 0
  const [good, tiled] = [kept(ours), kept(theirs)]
  const broken = (roots: Roots, until: number) =>
    signed.find(({ size, root }) => size <= until && roots.get(size) !== root)
  for (const [roots, most] of [
    [ours, good],
    [theirs, tiled],
  ] as const) {
    const other = broken(roots, most)
    const words = `and the checkpoint for ${most} have no history in common after entry ${kept(roots, other?.size)}`
    if (other && !findings.some(({ kind }) => kind === 'fork')) find('fork', other.where, words)
  }

  let changes: Change[] = []
  const numbers = entries.map(({ leaf }) => leaf?.number ?? 0)
  if (ours.get(top.size) === top.root) {
    changes = countingChanges(numbers)
    if (changes.length === 0) changes = versionChanges(entries)
    if (changes.length === 0)
      changes = [...entries.keys()].slice(top.size).map((position) => ({ kind: 'insert', position }))
    checkTiles(files, hashes.slice(0, top.size), find)
  } else if (tiled > good) {
    changes = compare(tiles.slice(0, tiled), knownAgain(entries, tiles))
    if (tiled < top.size) changes = changes.filter(({ kind, position }) => kind !== 'insert' || position < tiled)
  } else {
    // Tiles that were rewritten too tell nothing: what is left are the counts, and the checkpoints that still hold.
    changes = countingChanges(numbers, Math.min(top.size, entries.length + 100_000))
    const versions = versionChanges(entries)
    const wrong = broken(ours, entries.length)
    const moved = versions.length > 0 && versions.every(({ kind }) => kind === 'reorder')
    const cut = changes.length > 0 && changes.every(({ kind }) => kind === 'truncation')
    const vague =
      changes.length === 0 ? (moved ? 'reorder' : 'edit') : cut && (wrong || versions.length) ? 'delete' : null
    if (vague) changes = []
    const range = `between entries ${good} and ${(wrong?.size ?? top.size) + 1}`
    find(vague ?? changes[0]!.kind, range, 'they are not what was signed, nor are the tiles')
  }
  tell(changes, find)

  const touched = new Map(changes.map(({ kind, position }) => [position, kind]))
  let last = Number.NEGATIVE_INFINITY
  for (const [position, { leaf }] of entries.entries()) {
    const [kind, where] = [touched.get(position), `entry ${leaf?.number ?? `in line ${position + 1}`}`]
    if (!leaf && !kind) find('malformed', where, 'is not a leaf in canonical JSON')
    if (!leaf || kind === 'reorder') continue
    const { recordedAt, occurredAt, reportedAt } = leaf
    const at = timeOf(recordedAt)
    if (at < last) find('back-dating', where, `is recorded at ${recordedAt}, but the one before it at ${iso(last)}`)
    const happened = Math.max(timeOf(occurredAt), timeOf(reportedAt ?? occurredAt))
    if (happened > at)
      find('back-dating', where, `is recorded at ${recordedAt}, before it happened at ${iso(happened)}`)
    if (kind !== 'edit' && kind !== 'insert') last = Math.max(last, at)
    if (findings.length === 0 && leaf.organisation !== organisation) find('insert', where, `is of ${leaf.organisation}`)
  }
  for (const { size, root, at, where } of signed) {
    const [before, after] = ours.get(size) === root ? [entries[size - 1]?.leaf, entries[size]?.leaf] : []
    if (after && timeOf(after.recordedAt) < at)
      find('back-dating', `entry ${after.number}`, `of ${after.recordedAt} came after ${where} of ${iso(at)}`)
    if (before && timeOf(before.recordedAt) >= at + 1000)
      find('back-dating', where, `is of ${iso(at)}, before entry ${before.number} that it covers`)
  }
  // Sealed fields are judged by entries that are whole.
  if (findings.length === 0)
    checkSealed(
      read('sealed.jsonl'),
      entries.map(({ leaf }) => leaf!),
      find,
    )
  const words = `${entries.length} entries, whole, checkpoint of ${iso(top.at)}, root ${top.root}`
  return { findings, summary: `${organisation}: ${words}` }
}

const list = (): { kind: Kind; where: string; what: string }[] => []

function main(): number {
  try {
    const options = { since: { type: 'string' }, key: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [folder, more] = positionals
    if (!folder || more || !statSync(folder).isDirectory()) throw new Error('name one folder')
    const keys = values.key ?? []
    if (keys.some((key) => !parseKey(key, 1) && !parseKey(key, 4))) throw new Error('--key is not a verifier key')
    const since = values.since && readFileSync(values.since, 'utf8')
    return report(folder, since === undefined ? { keys } : { keys, since })
  } catch (error) {
    console.error(
      `${(error as Error).message}\nusage: node verifier/verify.ts EXPORT-DIR [--since CHECKPOINT-FILE] [--key VKEY]`,
    )
    return 2
  }
}

function report(folder: string, options: Options): number {
  try {
    const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile()
    const files = (name: string) => (isFile(`${folder}/${name}`) ? readFileSync(`${folder}/${name}`) : null)
    const { findings, summary } = verifyExport(files, options)
    for (const { kind, where, what } of findings) console.log(`${kind}: ${where}: ${what}`)
    if (findings.length === 0) console.log(summary)
    return findings.length > 0 ? 1 : 0
  } catch (error) {
    console.log(`malformed: this export cannot be read: ${(error as Error).message}`)
    return 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main()

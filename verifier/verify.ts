// Checks an exported journal; README.md beside this file says what it reads. Shares no code with Holdfast, on purpose.
import { createHash, createPublicKey, verify as isSigned, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'

export type Kind = keyof typeof WORDS | 'fork' | 'back-dating' | 'forged' | 'malformed'
export type Options = { since?: string; keys?: string[] }
type Find = (kind: Kind, where: string, what: string) => void
type Files = (name: string) => Buffer | null
type Texts = Record<'organisation' | 'stream' | 'type' | 'occurredAt' | 'recordedAt', string>
type Leaf = Texts & { number: number; version: number; reportedAt: string | null; sealed: object; data: unknown }
type Entry = { hash: string; line: Buffer; json: Leaf | null }
type Key = { vkey: string; type: number; name: string; id: string; key: KeyObject }
type Change = [position: number, kind: keyof typeof WORDS]

const sha = (...parts: (Buffer | string)[]) =>
  parts.reduce((all, one) => all.update(one), createHash('sha256')).digest()
const leafHash = (leaf: Buffer | string) => sha('\0', leaf).toString('latin1')
const pairHash = (left: string, right: string) => sha('\x01', Buffer.from(left + right, 'latin1')).toString('latin1')
const timeOf = (instant: string) => Date.parse(instant.toUpperCase())
const iso = (at: number) => (Number.isNaN(at) ? 'no signed time' : new Date(at).toISOString())
const LEAF = 'actor command data number occurredAt organisation recordedAt reportedAt sealed stream type v version'
const WORDS = { edit: 'changed', delete: 'gone', insert: 'put in', reorder: 'moved', truncation: 'cut off the end' }
const LEAF_PARTS = /^(.*"number":)\d+(,"occurredAt":.*"version":)\d+\}$/s
const NOTE = /^((.+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:.+\n)*)\n((?:— .+(?:\n|$))+)$/

const fail = (what: string): never => {
  throw new Error(what)
}
const upTo = (end: number, start: number) => Array.from({ length: end - start }, (_, index) => start + index)

/** RFC 8785. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

/** Lines of canonical JSON, each with what `read` makes of it: null where it cannot. */
function* linesOf<T>(file: Buffer, read: (json: never) => T) {
  for (let start = 0, line = file; start < file.length; start += line.length + 1) {
    const end = file.indexOf(10, start)
    line = file.subarray(start, end < 0 ? file.length : end)
    try {
      const json = JSON.parse(line.length > 16_000_000 ? '' : line.toString())
      yield { line, json: canonical(json) === line.toString() ? read(json as never) : null }
    } catch {
      yield { line, json: null }
    }
  }
}

function leafOf(leaf: Leaf): Leaf | null {
  const texts = [leaf.organisation, leaf.stream, leaf.type, leaf.occurredAt, leaf.recordedAt, leaf.reportedAt ?? '']
  const times = timeOf(leaf.recordedAt) + timeOf(leaf.occurredAt) + timeOf(leaf.reportedAt ?? leaf.recordedAt)
  const typed = texts.every((text) => typeof text === 'string') && Object.keys(leaf).join(' ') === LEAF
  return [leaf.number, leaf.version, times].every(Number.isSafeInteger) && typed && leaf.sealed ? leaf : null
}

function parseKey(vkey: string, types = [1, 4]): Key | null {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)\s*$/.exec(vkey) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  const exact = bytes.length === 33 && bytes.toString('base64') === encoded && types.includes(bytes[0]!)
  if (!exact || sha(`${name}\n`, bytes).toString('hex', 0, 4) !== id) return null
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url', 1) }, format: 'jwk' })
  return { vkey: vkey.trim(), type: bytes[0]!, name: name!, id, key }
}

/** A C2SP signed note with a checkpoint and its cosignature/v1; `wrong` says why it does not count. */
function readCheckpoint(note: string, where: string, log: Key, witness: Key) {
  const [, text, origin, size, root, signatures = ''] = NOTE.exec(note) ?? []
  let [at, wrong] = [Number.NaN, '']
  const unsigned = new Set([log, witness])
  for (const [, name, encoded] of signatures.matchAll(/— (\S+) (\S+)/g)) {
    const signature = Buffer.from(encoded!, 'base64')
    const id = signature.toString('base64') === encoded && signature.toString('hex', 0, 4)
    const key = [log, witness].find((one) => name === one.name && id === one.id)
    const time = key === witness && signature.length === 76 ? signature.readBigUInt64BE(4) : 0n
    const message = Buffer.from(key === witness ? `cosignature/v1\ntime ${time}\n${text}` : text!)
    if (!key || !isSigned(null, message, key.key, signature.subarray(-64))) continue
    unsigned.delete(key)
    if (key === witness) at = Number(time) * 1000
  }
  for (const { name } of unsigned) wrong = `is not signed by ${name}`
  if (origin !== log.name) wrong = origin ? `is of another log, ${origin}` : 'is not a signed checkpoint'
  return { where, origin, size: Number(size), root: Buffer.from(root ?? '', 'base64').toString('latin1'), at, wrong }
}

/** RFC 6962 roots of the first n hashes, for each n that is asked for. */
function rootsOf(hashes: string[], sizes: Set<number>): Map<number, string> {
  const [roots, edge, empty] = [new Map<number, string>(), [] as string[], sha('').toString('latin1')]
  for (let size = 0; size <= hashes.length; size++) {
    if (sizes.has(size)) roots.set(size, edge.length ? edge.reduceRight((all, left) => pairHash(left, all)) : empty)
    let hash = hashes[size]!
    for (let index = size; index % 2 === 1 && hash; index = (index - 1) / 2) hash = pairHash(edge.pop()!, hash)
    edge.push(hash)
  }
  return roots
}

/** What was done to `before` to make `after`: what both have may have moved; the rest was changed, cut or put in. */
function compare<T>(before: T[], after: T[]): Change[] {
  const places = new Map(before.map((item, place) => [item, place]))
  const left = new Map(places)
  const from = [...after.map((item) => (left.delete(item) ? places.get(item)! : -1)), before.length]
  const common = from.filter((place) => place >= 0).sort((a, b) => a - b)
  const [changes, extra] = [[] as Change[], [] as number[]]
  let [next, nth] = [0, 0]
  for (const [position, place] of from.entries()) {
    if (place < 0) extra.push(position)
    else if (place !== common[nth++]) changes.push([position, 'reorder'])
    else {
      const missing = upTo(place, next).filter((gone) => left.has(before[gone]!))
      const [put, lost] = [extra.splice(0), position === after.length ? 'truncation' : 'delete'] as const
      for (const [which, at] of put.entries()) changes.push([at, which < missing.length ? 'edit' : 'insert'])
      for (const gone of missing.slice(put.length)) changes.push([gone, lost])
      next = place + 1
    }
  }
  return changes
}

/** Entries given new numbers to hide a deletion, insertion or move are known again by the numbers that they had. */
function knownAgain(entries: Entry[], signed: string[]): string[] {
  const wanted = new Map(signed.map((hash, place) => [hash, place + 1]))
  for (const { hash } of entries) wanted.delete(hash)
  let [tries, shift] = [50_000, 0]
  return entries.map(({ hash, json: leaf, line }) => {
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

function tileAt(files: Files, level: number, index: number, width: number) {
  const digits = `${index}`.padStart(3 * Math.ceil(`${index}`.length / 3), '0').replace(/\d{3}(?=\d)/g, 'x$&/')
  const path = `tile/${level}/${digits}${width < 256 ? `.p/${width}` : ''}`
  return { path, tile: files(path)?.toString('latin1') }
}

/** The leaf hashes in the tiles of level 0, as far as they go. */
function readTiles(files: Files, sizes: number[]): string[] {
  const hashes: string[] = []
  for (let index = 0; hashes.length === index * 256; index++) {
    const widths = [256, ...sizes.map((size) => size - index * 256).filter((width) => width > 0 && width < 256)]
    const tile = widths.map((width) => tileAt(files, 0, index, width).tile).find(Boolean) ?? ''
    for (const [hash] of tile.matchAll(/.{32}/gs)) hashes.push(hash)
  }
  return hashes
}

function checkTiles(files: Files, hashes: string[], find: Find, level = 0): void {
  const above: string[] = []
  for (let start = 0; start < hashes.length; start += 256) {
    const expected = hashes.slice(start, start + 256)
    const { path, tile } = tileAt(files, level, start / 256, expected.length)
    if (tile === undefined) find('delete', path, 'is missing')
    else if (tile !== expected.join('')) find('edit', path, 'does not hold the hashes of the entries')
    if (expected.length === 256) above.push(rootsOf(expected, new Set([256])).get(256)!)
  }
  if (above.length > 0) checkTiles(files, above, find, level + 1)
}

function checkSealed(file: Buffer, entries: Entry[], find: Find): void {
  const missing = new Map<string, string>()
  const leaves = entries.flatMap(({ json }) => json ?? [])
  for (const { number, sealed } of leaves)
    for (const [field, digest] of Object.entries(sealed)) missing.set(`${field} of entry ${number}`, digest)
  const open = ({ number, field, salt, value }: Record<'number' | 'field' | 'salt', string> & { value: unknown }) => {
    const digest = sha(Buffer.from(salt, 'hex'), canonical([field, value])).toString('hex')
    return [`${field} of entry ${number}`, /^[0-9a-f]{64}$/.test(salt) ? `sha256:${digest}` : ''] as const
  }
  for (const [index, { json }] of [...linesOf(file, open)].entries()) {
    const [key, digest] = json ?? [`sealed.jsonl line ${index + 1}`, '']
    if (!digest) find('malformed', key, 'is not a sealed field')
    else if (!missing.has(key)) find('insert', key, 'is a sealed field too many')
    else if (missing.get(key) !== digest) find('edit', key, 'is a sealed field that does not open its digest')
    missing.delete(key)
  }
  for (const { number: by, data } of leaves.filter(({ type }) => type === 'journal.erased'))
    for (const { number, fields } of (data as { entries: { number: number; fields: string[] }[] }).entries)
      for (const field of number < by ? fields : []) missing.delete(`${field} of entry ${number}`)
  for (const key of missing.keys()) find('delete', key, 'is missing, and no later entry erased it')
}

/** All that is wrong with an export, given by name of file (null: none); where nothing is, a line that says so. */
export function verifyExport(files: Files, { since, keys = [] }: Options = {}) {
  const findings: { kind: Kind; where: string; what: string }[] = []
  const find: Find = (kind, where, what) => findings.push({ kind, where, what })
  const known = keys.map((vkey) => parseKey(vkey) ?? fail(`${vkey} is not a verifier key`))
  try {
    const read = (name: string) => files(name) ?? fail(`${name} is missing`)
    const keyOf = (name: string, type: number) => {
      const own = parseKey(read(name).toString(), [type])
      const key = known.find((one) => one.type === type) ?? own ?? fail(`${name} is not a verifier key`)
      if (key.vkey !== own?.vkey) find('forged', name, 'is not the key that you gave')
      return key
    }
    const [log, witness] = [keyOf('log.vkey', 1), keyOf('witness.vkey', 4)]
    const owner = log.name.slice(log.name.lastIndexOf('/') + 1)
    const entries = [...linesOf(read('entries.jsonl'), leafOf)].map((one) => ({ ...one, hash: leafHash(one.line) }))
    const hashes = entries.map(({ hash }) => hash)
    const take = (note: string, where: string) => readCheckpoint(note, where, log, witness)
    const older = linesOf(read('checkpoints.jsonl'), String)
    const latest = take(read('checkpoint').toString(), 'checkpoint')
    const held = since === undefined ? [] : [take(since, 'the checkpoint you hold')]
    const all = [...older.map(({ json }, at) => take(json ?? '', `checkpoints.jsonl line ${at + 1}`)), latest, ...held]
    for (const { wrong, where, origin } of all) if (wrong) find(origin ? 'forged' : 'malformed', where, wrong)
    // Whoever brings a checkpoint of this log has it as a judge, even if the export now shows another key.
    const signed = all.filter((one) => !one.wrong || (held.includes(one) && one.origin === log.name))
    signed.sort((a, b) => a.size - b.size || a.at - b.at)
    const top = signed.at(-1) ?? fail('no checkpoint in it counts')
    if (latest.size < top.size) find('truncation', 'checkpoint', `has ${latest.size} entries, ${top.where} ${top.size}`)
    for (const [index, { size, root, at, where }] of signed.slice(1).entries()) {
      const last = signed[index]!
      if (size === last.size && root !== last.root) find('fork', where, `is for another root than ${last.where}`)
      if (size > last.size && at < last.at) find('back-dating', where, `of ${iso(at)} comes after ${iso(last.at)}`)
    }
    const sizes = new Set([entries.length, ...signed.map(({ size }) => size).reverse()])
    const tiles = readTiles(files, [...sizes])
    const holding = (roots: Map<number, string>) => signed.filter(({ size, root }) => roots.get(size) === root)
    const [ours, theirs] = [holding(rootsOf(hashes, sizes)), holding(rootsOf(tiles, sizes))]
    const [good, tiled] = [ours.at(-1)?.size ?? -1, theirs.at(-1)?.size ?? -1]
    const [best, most] = good < tiled ? [theirs, tiled] : [ours, good]
    const split = signed.findIndex((one, nth) => one !== best[nth])
    const [before, odd] = [best[split - 1]?.size ?? 0, signed[split]]
    if (odd && odd.size <= most && findings.every(({ kind }) => kind !== 'fork'))
      find('fork', odd.where, `parts after entry ${before} from the checkpoint for ${most}`)
    const numbers = entries.map(({ json }) => json?.number ?? 0)
    const until = Math.min(top.size, good < top.size ? entries.length + 100_000 : new Set(numbers).size)
    let changes = compare(upTo(until + 1, 1), numbers)
    if (good === top.size) checkTiles(files, hashes.slice(0, good), find)
    else if (tiled > good) {
      changes = compare(tiles.slice(0, tiled), knownAgain(entries, tiles))
      if (tiled < top.size) changes = changes.filter(([position, kind]) => kind !== 'insert' || position < tiled)
    } else {
      // Tiles that were rewritten too tell nothing: what is left are the numbers, and the checkpoints that still hold.
      if (odd && odd.size <= entries.length && changes[0]?.[1] === 'truncation') changes = [[good, 'delete']]
      const range = `entries ${good + 1} to ${odd?.size}`
      find(changes[0]?.[1] ?? 'edit', range, 'are not what was signed, nor are the tiles')
    }
    for (const [kind, list] of Map.groupBy(changes, ([, kind]) => kind)) {
      const places = list.slice(0, 20).map(([position]) => position + 1)
      const where = `${kind === 'delete' || kind === 'truncation' ? 'entry' : 'line'} ${places.join(', ')}`
      find(kind, where, `${WORDS[kind]} (${list.length} in all)`)
    }
    const [touched, versions] = [new Map(changes), new Map<string, number>()]
    let last = Number.NEGATIVE_INFINITY
    for (const [position, { json: leaf }] of entries.entries()) {
      const [kind, where] = [touched.get(position), `entry ${leaf?.number ?? `in line ${position + 1}`}`]
      if (!leaf && !kind) find('malformed', where, 'is not a leaf in canonical JSON')
      if (!leaf || kind === 'reorder') continue
      const [at, version] = [timeOf(leaf.recordedAt), (versions.get(leaf.stream) ?? 0) + 1]
      const happened = Math.max(timeOf(leaf.occurredAt), timeOf(leaf.reportedAt ?? leaf.occurredAt))
      if (at < last) find('back-dating', where, `of ${iso(at)} comes after ${iso(last)}`)
      if (at < happened) find('back-dating', where, `of ${iso(at)} tells of ${iso(happened)}`)
      if (kind !== 'edit' && kind !== 'insert') last = Math.max(last, at)
      if (leaf.organisation !== owner && findings.length === 0) find('insert', where, `is of ${leaf.organisation}`)
      if (leaf.version !== version && findings.length === 0)
        find(leaf.version > version ? 'delete' : 'insert', where, `should be version ${version} of ${leaf.stream}`)
      versions.set(leaf.stream, leaf.version)
    }
    for (const { size, at, where } of ours) {
      const [covered, next] = [entries[size - 1], entries[size]].map((one) => timeOf(one?.json?.recordedAt ?? ''))
      if (covered! >= at + 1000) find('back-dating', where, `is older than entry ${size} in it`)
      if (next! < at) find('back-dating', `entry ${size + 1}`, `is older than ${where} before it`)
    }
    if (findings.length === 0) checkSealed(read('sealed.jsonl'), entries, find)
    const root = Buffer.from(top.root, 'latin1').toString('base64')
    const summary = `${owner}: ${entries.length} entries, whole; checkpoint of ${iso(top.at)}, root ${root}`
    return { findings, summary }
  } catch (error) {
    find('malformed', 'this export', `cannot be read: ${(error as Error).message}`)
    return { findings, summary: '' }
  }
}

if (process.argv[1] === import.meta.filename)
  try {
    const options = { since: { type: 'string' }, key: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [folder, more] = positionals
    if (!folder || more || !statSync(folder).isDirectory()) fail('name one folder')
    const files = (name: string) => (existsSync(`${folder}/${name}`) ? readFileSync(`${folder}/${name}`) : null)
    const since = values.since === undefined ? undefined : readFileSync(values.since, 'utf8')
    const { findings, summary } = verifyExport(files, { since, keys: values.key })
    console.log(findings.map(({ kind, where, what }) => `${kind}: ${where}: ${what}`).join('\n') || summary)
    process.exitCode = findings.length > 0 ? 1 : 0
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: node verifier/verify.ts EXPORT-DIR [--since FILE] [--key VKEY]`)
    process.exitCode = 2
  }

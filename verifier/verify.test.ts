import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  CompactRange,
  checkpointLine,
  EXPORT_FILES,
  entryLine,
  issueCheckpoint,
  leafHash,
  leafOf,
  SALT_BYTES,
  seal,
  sealedLine,
  tileFiles,
  vkeyFile,
  vkeysOf,
} from '../src/journal/core/index.ts'
import { type Kind, type Options, verifyExport } from './verify.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 1500)
const keys = {
  installationSeed: Buffer.alloc(32, 1),
  origin: 'holdfast/invented/westminster',
  witness: 'holdfast/invented',
}
const START = Date.UTC(2025, 10, 24, 13, 10)

type Fields = Parameters<typeof leafOf>[0]
type Row = Parameters<typeof sealedLine>[0]
type Item = { fields: Fields; digests: Record<string, string> }
type Signed = { size: number; at: number }
type Log = { items: Item[]; rows: Row[]; signed: Signed[] }
type Rng = (below: number) => number

function rngOf(seed: number): Rng {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const salted = (random: Rng) => Buffer.from(Array.from({ length: SALT_BYTES }, () => random(256)))

/** An invented journal: a few streams, sealed words, some of them erased, checkpoints on the way and at the end. */
function honestLog(random: Rng, size: number): Log {
  const log: Log = { items: [], rows: [], signed: [] }
  const versions = new Map<string, number>()
  let now = START
  for (let number = 1; number <= size; number++) {
    now += random(4) * 700
    const erasing = log.rows.length > 0 && random(12) === 0
    const gone = erasing ? log.rows.splice(random(log.rows.length), 1)[0]! : null
    const stream = erasing ? 'journal/erasures' : `incident/${random(3)}`
    const version = (versions.get(stream) ?? 0) + 1
    versions.set(stream, version)
    const digests: Record<string, string> = {}
    if (!erasing && random(3) === 0) {
      const row = { number, field: 'rationale', salt: salted(random), value: `invented words ${random(99)}` }
      digests[row.field] = seal(row.field, row.value, row.salt)
      log.rows.push(row)
    }
    const data = gone
      ? { entries: [{ number: gone.number, fields: [gone.field] }] }
      : { level: random(5), note: 'é "x" \u2028' }
    log.items.push({ fields: fieldsOf(number, stream, version, now, data, random), digests })
    if (random(6) === 0 || number === size) log.signed.push({ size: number, at: now + random(900) })
    now = Math.max(now, log.signed.at(-1)?.at ?? 0)
  }
  if (size === 0) log.signed.push({ size: 0, at: START })
  return log
}

function fieldsOf(number: number, stream: string, version: number, now: number, data: object, random: Rng): Fields {
  return {
    organisation: 'westminster',
    number,
    stream,
    version,
    type: 'entries' in data ? 'journal.erased' : 'incident.condition-recorded',
    v: 1,
    data,
    occurredAt: new Date(now - random(2) * 60_000).toISOString(),
    reportedAt: random(3) ? null : new Date(now - random(2) * 30_000).toISOString(),
    recordedAt: new Date(now).toISOString(),
    actor: { kind: 'operator' },
    command: random(2) ? null : `command-${number}`,
  }
}

type Export = Map<string, Buffer>
const leavesOf = (log: Log) => log.items.map(({ fields, digests }) => leafOf(fields, digests)).join('\n')
const hashesOf = (log: Log) => log.items.map(({ fields, digests }) => leafHash(leafOf(fields, digests)))

function writeEntries(files: Export, log: Log): void {
  files.set(
    EXPORT_FILES.entries,
    Buffer.from(log.items.map((item) => entryLine(leafOf(item.fields, item.digests))).join('')),
  )
  files.set(EXPORT_FILES.sealed, Buffer.from(log.rows.map(sealedLine).join('')))
}

function writeTiles(files: Export, log: Log): void {
  for (const name of [...files.keys()]) if (name.startsWith('tile/')) files.delete(name)
  const levels: Buffer[][] = [[], [], []]
  const range = CompactRange.empty()
  for (const hash of hashesOf(log)) range.push(hash, (height, _, node) => levels[height / 8]!.push(node))
  for (const { name, tile } of tileFiles(log.items.length))
    files.set(name, Buffer.concat(levels[tile.level]!.slice(tile.index * 256, tile.index * 256 + tile.width)))
}

function notesOf(log: Log): string[] {
  const range = CompactRange.empty()
  const roots = [range.root()]
  for (const hash of hashesOf(log)) {
    range.push(hash)
    roots.push(range.root())
  }
  return log.signed.map(({ size, at }) => issueCheckpoint(keys, { size, root: roots[size]! }, at))
}

function writeCheckpoints(files: Export, notes: string[]): void {
  files.set(EXPORT_FILES.checkpoint, Buffer.from(notes.at(-1)!))
  files.set(EXPORT_FILES.checkpoints, Buffer.from(notes.slice(0, -1).map(checkpointLine).join('')))
}

function exported(log: Log, notes = notesOf(log)): Export {
  const files: Export = new Map()
  const { log: logKey, witness } = vkeysOf(keys)
  files.set(EXPORT_FILES.logKey, Buffer.from(vkeyFile(logKey)))
  files.set(EXPORT_FILES.witnessKey, Buffer.from(vkeyFile(witness)))
  writeEntries(files, log)
  writeTiles(files, log)
  writeCheckpoints(files, notes)
  return files
}

const verify = (files: Export, options?: Options) => verifyExport((name) => files.get(name) ?? null, options)

/** Every kind in `must` is named, and none that is in neither list. */
function named(files: Export, options: Options, must: Kind[], may: Kind[], about: string): void {
  const { findings } = verify(files, options)
  const found = new Set(findings.map(({ kind }) => kind))
  const told = `${about}\n${findings.map(({ kind, where, what }) => `${kind}: ${where}: ${what}`).join('\n') || 'nothing found'}`
  for (const kind of must) assert.ok(found.has(kind), `${kind} was missed: ${told}`)
  for (const kind of found) assert.ok([...must, ...may].includes(kind), `${kind} was named: ${told}`)
  assert.ok(found.size > 0, `nothing was found: ${told}`)
}

/** Hides a change as well as can be done without the key: numbers and versions run on. */
function renumber(log: Log): void {
  const versions = new Map<string, number>()
  const numbers = new Map<number, number>()
  for (const [index, item] of log.items.entries()) {
    const { stream, number } = item.fields
    versions.set(stream, (versions.get(stream) ?? 0) + 1)
    numbers.set(number, index + 1)
    item.fields = { ...item.fields, number: index + 1, version: versions.get(stream)! }
  }
  log.rows = log.rows.flatMap((row) => (numbers.has(row.number) ? [{ ...row, number: numbers.get(row.number)! }] : []))
}

const copyOf = (log: Log): Log => ({
  items: log.items.map((item) => ({ ...item })),
  rows: [...log.rows],
  signed: [...log.signed],
})
type Change = 'edit' | 'delete' | 'insert' | 'reorder'

/** One change in place `at`, as a forger makes it; times are kept in order so that nothing but the change can tell. */
function forge(change: Change, log: Log, at: number, random: Rng): void {
  const { items } = log
  const item = items[at]!
  if (change === 'edit') {
    const how = random(4)
    if (how === 0) item.fields = { ...item.fields, data: { ...(item.fields.data as object), level: 9 } }
    else if (how === 1) item.fields = { ...item.fields, actor: { kind: 'person', id: 'somebody-else' } }
    else if (how === 2) item.fields = { ...item.fields, stream: `${item.fields.stream}x` }
    else item.fields = { ...item.fields, organisation: 'hackney' }
  } else if (change === 'delete') {
    items.splice(at, 1)
    log.rows = log.rows.filter(({ number }) => number !== item.fields.number)
  } else if (change === 'insert') {
    const copy = random(2) === 0
    items.splice(
      at + 1,
      0,
      copy ? { ...item } : { fields: { ...item.fields, data: { level: 7 }, type: 'incident.forged' }, digests: {} },
    )
  } else {
    const other = at + 1 + random(Math.min(4, items.length - at - 1))
    ;[items[at], items[other]] = [items[other]!, items[at]!]
  }
}

function attack(seed: number): void {
  const random = rngOf(seed)
  const honest = honestLog(random, 4 + (random(20) === 0 ? 248 + random(20) : random(40)))
  const size = honest.items.length
  const notes = notesOf(honest)
  const files = exported(honest, notes)
  const log = copyOf(honest)
  const which = random(10)
  const sinceAt = random(notes.length)
  const since = notes[sinceAt]!
  const held = honest.signed[sinceAt]!
  const strength = random(3)
  const about = `seed ${seed} attack ${which} strength ${strength} size ${size} held ${held.size} signed ${honest.signed.map((one) => one.size)}`

  if (which <= 5) {
    const change = (['edit', 'delete', 'insert', 'reorder', 'edit', 'delete'] as const)[which]!
    const withKey = strength === 2
    // With the key, only a change within what somebody holds can be known; a deletion at the very end is a truncation.
    const at = withKey ? random(Math.max(1, held.size - 1)) : random(size - 1)
    if (withKey && held.size < 2) return
    forge(change, log, at, random)
    const hidden = random(2) === 0 && change !== 'edit'
    if (hidden) renumber(log)
    // Twins that changed places and were numbered anew are the log that they were: nothing was done.
    if (leavesOf(log) === leavesOf(honest)) return
    writeEntries(files, log)
    if (strength > 0) writeTiles(files, log)
    if (!withKey) {
      const unsure: Kind[] =
        hidden && strength > 0 ? ['edit', 'delete', 'insert', 'truncation', 'reorder', 'back-dating'] : []
      const swapped: Kind[] = hidden ? ['edit', 'back-dating', 'reorder', 'delete', 'insert'] : []
      const later: Kind[] = change === 'edit' ? [] : swapped
      const settled = honest.signed.some((one) => one.size > at && one.size < size)
      if (hidden && strength === 1 && (change === 'reorder' || (change === 'delete' && !settled)))
        named(files, {}, [], unsure, about)
      else named(files, {}, [change], ['back-dating', ...(strength ? unsure : later)], about)
      return
    }
    log.signed = log.signed.filter((one) => one.size <= log.items.length)
    if (log.signed.at(-1)?.size !== log.items.length)
      log.signed.push({ size: log.items.length, at: honest.signed.at(-1)!.at })
    writeCheckpoints(files, notesOf(log))
    const short = held.size > log.items.length
    named(
      files,
      { since },
      [short ? 'truncation' : 'fork'],
      [change, 'insert', 'delete', 'reorder', 'edit', 'back-dating'],
      about,
    )
  } else if (which === 6) {
    truncate(log, 1 + random(size - 1))
    writeEntries(files, log)
    if (strength > 0) writeTiles(files, log)
    if (strength < 2) {
      named(files, {}, ['truncation'], [], about)
      return
    }
    if (log.items.length >= held.size) return
    const older =
      random(2) === 0 ? notes.slice(0, honest.signed.filter((one) => one.size <= log.items.length).length) : []
    if (older.length > 0) {
      truncate(log, honest.signed[older.length - 1]!.size)
      writeEntries(files, log)
      writeTiles(files, log)
    } else log.signed.push({ size: log.items.length, at: Date.parse(log.items.at(-1)!.fields.recordedAt) })
    writeCheckpoints(files, older.length > 0 ? older : notesOf(log))
    named(files, { since }, ['truncation'], [], about)
  } else if (which === 7) {
    truncate(log, random(held.size))
    while (log.items.length < size) {
      const number = log.items.length + 1
      log.items.push({
        fields: fieldsOf(number, 'incident/other', number, held.at + number * 1000, { level: 8 }, () => 0),
        digests: {},
      })
    }
    for (const [index, item] of log.items.filter(({ fields }) => fields.stream === 'incident/other').entries())
      item.fields = { ...item.fields, version: index + 1 }
    log.signed = [...log.signed, { size, at: held.at + (size + 1) * 1000 }]
    const branch = exported(log)
    if (strength === 0)
      branch.set(
        EXPORT_FILES.checkpoints,
        Buffer.from(
          notes
            .slice(0, sinceAt + 1)
            .map(checkpointLine)
            .join(''),
        ),
      )
    named(branch, strength === 0 ? {} : { since }, ['fork'], ['back-dating'], about)
  } else if (which === 8) backDate(honest, log, files, since, held, random, strength, about)
  else tamperWithSealed(honest, files, random, about)
}

function truncate(log: Log, to: number): void {
  log.items.length = Math.min(to, log.items.length)
  log.rows = log.rows.filter(({ number }) => number <= to)
  log.signed = log.signed.filter(({ size }) => size <= to)
}

function backDate(
  honest: Log,
  log: Log,
  files: Export,
  since: string,
  held: Signed,
  random: Rng,
  strength: number,
  about: string,
): void {
  const size = log.items.length
  const at = 1 + random(size - 1)
  const before = Date.parse(log.items[at - 1]!.fields.recordedAt)
  const dated = (time: number) => ({
    recordedAt: new Date(time).toISOString(),
    occurredAt: new Date(time).toISOString(),
    reportedAt: null,
  })
  if (strength < 2) {
    log.items[at]!.fields = { ...log.items[at]!.fields, ...dated(before - 1 - random(1e6)) }
    writeEntries(files, log)
    if (strength > 0) writeTiles(files, log)
    named(files, {}, ['edit', 'back-dating'], [], about)
    return
  }
  const how = random(3)
  const last = Date.parse(log.items.at(-1)!.fields.recordedAt)
  const end = honest.signed.at(-1)!
  if (how === 0) {
    // Added after what somebody holds, but dated before the time that was signed with it.
    truncate(log, held.size)
    const seconds = Math.floor(held.at / 1000) * 1000
    const number = held.size + 1
    log.items.push({
      fields: { ...fieldsOf(number, 'incident/late', 1, 0, {}, () => 0), ...dated(seconds - 1 - random(1e6)) },
      digests: {},
    })
    log.signed.push({ size: number, at: held.at + 5000 })
    named(exported(log), { since }, ['back-dating'], [], about)
    return
  }
  if (how === 1) {
    log.items.push({
      fields: { ...fieldsOf(size + 1, 'incident/late', 1, 0, {}, () => 0), ...dated(last - 1 - random(1e6)) },
      digests: {},
    })
    log.signed.push({ size: size + 1, at: end.at + 5000 })
    named(exported(log), { since }, ['back-dating'], [], about)
    return
  }
  // A checkpoint signed with a time before the entries that it covers.
  log.signed = [{ size, at: last - 2000 - random(1e6) }]
  named(exported(log), {}, ['back-dating'], [], about)
}

function tamperWithSealed(honest: Log, files: Export, random: Rng, about: string): void {
  if (honest.rows.length === 0) return
  const rows = [...honest.rows]
  const at = random(rows.length)
  const how = random(5)
  if (how === 0) rows[at] = { ...rows[at]!, value: 'other words' }
  else if (how === 1) rows[at] = { ...rows[at]!, salt: salted(random) }
  else if (how === 2) rows.splice(at, 1)
  else if (how === 3) rows.push(rows[at]!)
  else rows.push({ ...rows[at]!, field: 'another' })
  files.set(EXPORT_FILES.sealed, Buffer.from(rows.map(sealedLine).join('')))
  named(files, {}, [(['edit', 'edit', 'delete', 'insert', 'insert'] as const)[how]!], [], `${about} sealed ${how}`)
}

test('random attacks of all seven kinds are found and named', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => attack(seed) as undefined),
    { numRuns: RUNS, endOnFailure: true },
  )
})

test('an untouched log is whole, whatever its size, and whichever of its checkpoints is held', () => {
  const sizes = [
    0,
    1,
    2,
    3,
    255,
    256,
    257,
    511,
    512,
    513,
    ...Array.from({ length: Math.ceil(RUNS / 20) }, (_, nth) => nth % 50),
  ]
  for (const [seed, size] of sizes.entries()) {
    const random = rngOf(seed)
    const log = honestLog(random, size)
    const notes = notesOf(log)
    const { log: key, witness } = vkeysOf(keys)
    const report = verify(exported(log, notes), { since: notes[random(notes.length)]!, keys: [key, witness] })
    assert.deepEqual(report.findings, [], `size ${size}`)
    assert.match(report.summary, new RegExp(`^westminster: ${size} entries`))
  }
})

const isOfWholeLines = (part: Buffer, file: Buffer) =>
  part.length === 0 || part.at(-1) === 10 || file[part.length] === 10

test('a file with bytes changed, cut off or missing is found, and never crashes the verifier', () => {
  const log = honestLog(rngOf(5), 30)
  const whole = exported(log)
  const names = [...whole.keys()]
  const property = fc.property(
    fc.constantFrom(...names),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
    fc.nat({ max: 3 }),
    (name, place, change, how) => {
      const files = new Map(whole)
      const file = Buffer.from(whole.get(name)!)
      if (how === 0) files.delete(name)
      else if (how === 1) files.set(name, file.subarray(0, place % file.length))
      else if (how === 2) files.set(name, Buffer.concat([file, Buffer.of(change), file]))
      else file[place % file.length]! ^= change
      if (how === 3) files.set(name, file)
      // White space at the end of a line, or between lines, changes nothing that anybody reads.
      const said = (bytes?: Buffer) => bytes?.toString('latin1').replaceAll(/\s/g, '')
      if (name !== EXPORT_FILES.entries && said(files.get(name)) === said(whole.get(name))) return
      if (name === EXPORT_FILES.entries && files.get(name)?.equals(file.subarray(0, -1))) return
      // Earlier checkpoints can be left out unseen, as nothing covers them: whoever keeps one has it.
      const fewer = name === EXPORT_FILES.checkpoints && how === 1 && isOfWholeLines(files.get(name)!, file)
      if (fewer) assert.deepEqual(verify(files).findings, [], `${name} ${place}`)
      else assert.notDeepEqual(verify(files).findings, [], `${name} ${how} ${place} ${change}`)
    },
  )
  fc.assert(property, { numRuns: Math.ceil(RUNS / 4) })
})

test('lines that are too long, too deep or too many are refused in reasonable time', () => {
  const log = honestLog(rngOf(6), 10)
  const broken = (name: string, content: string) => verify(new Map([...exported(log), [name, Buffer.from(content)]]))
  for (const content of [
    'x'.repeat(20_000_000),
    '['.repeat(1_000_000),
    '{"a":'.repeat(100_000),
    '\n'.repeat(10_000),
    '\0\ufffd',
  ])
    for (const name of [EXPORT_FILES.entries, EXPORT_FILES.sealed, EXPORT_FILES.checkpoint, EXPORT_FILES.checkpoints])
      assert.ok(broken(name, content).findings.length > 0)
})

test('checkpoints of another log or by another key are forged', () => {
  const log = honestLog(rngOf(7), 12)
  const other = { ...keys, origin: 'holdfast/invented/hackney' }
  const range = CompactRange.empty()
  for (const hash of hashesOf(log)) range.push(hash)
  const foreign = issueCheckpoint(other, { size: 12, root: range.root() }, log.signed.at(-1)!.at)
  named(exported(log, [foreign]), {}, ['forged', 'malformed'], [], 'a checkpoint of another log')
  named(exported(log), { since: foreign }, ['forged'], [], 'a kept checkpoint of another log')
  named(exported(log), { keys: [vkeysOf(other).log] }, ['forged'], ['malformed'], 'another key')
})

test('across 65,536 entries the tree has three levels of tiles, and a change in any of them is found', () => {
  const random = rngOf(8)
  const log: Log = { items: [], rows: [], signed: [{ size: 65_536, at: START + 65_536 }] }
  for (let number = 1; number <= 65_537; number++)
    log.items.push({ fields: fieldsOf(number, 'incident/1', number, START + number, {}, random), digests: {} })
  log.signed.push({ size: 65_537, at: START + 70_000 })
  const files = exported(log)
  assert.deepEqual(verify(files).findings, [])
  for (const name of ['tile/1/000', 'tile/2/000.p/1']) {
    const spoilt = Buffer.from(files.get(name)!)
    spoilt[5]! ^= 1
    named(new Map([...files, [name, spoilt]]), {}, ['edit'], [], name)
  }
  const lines = files.get(EXPORT_FILES.entries)!.toString().split('\n')
  const cut = Buffer.from(lines.toSpliced(40_000, 1).join('\n'))
  named(new Map([...files, [EXPORT_FILES.entries, cut]]), {}, ['delete'], [], 'one of 65,537')
})

test('signatures, salts and lines count in one spelling only', () => {
  const log = honestLog(rngOf(9), 30)
  const files = exported(log)
  const spelt = (name: string, change: (text: string) => string) =>
    new Map([...files, [name, Buffer.from(change(files.get(name)!.toString()))]])
  named(
    spelt(EXPORT_FILES.checkpoint, (text) => text.replace(/=+\n$/, '\n')),
    {},
    ['forged'],
    ['insert', 'delete'],
    'padding',
  )
  named(
    spelt(EXPORT_FILES.checkpoints, (text) => `${text} ${text}`),
    {},
    ['malformed'],
    [],
    'a space',
  )
  const upper = (text: string) => text.replace(/"salt":"[^"]+/, (salt) => `"salt":"${salt.slice(8).toUpperCase()}`)
  named(spelt(EXPORT_FILES.sealed, upper), {}, ['malformed'], ['delete'], 'upper case')
})

test('an entry dated between the last one and a checkpoint before it is back-dated', () => {
  const log = honestLog(rngOf(10), 3)
  const last = Date.parse(log.items.at(-1)!.fields.recordedAt)
  const now = new Date(last + 1).toISOString()
  const times = { recordedAt: now, occurredAt: now, reportedAt: null }
  log.signed = [{ size: 3, at: last + 60_000 }]
  log.items.push({ fields: { ...fieldsOf(4, 'incident/late', 1, 0, {}, () => 0), ...times }, digests: {} })
  log.signed.push({ size: 4, at: last + 70_000 })
  named(exported(log), {}, ['back-dating'], [], 'between')
})

test('two checkpoints of one size for other roots are a fork, even where the entries hold neither', () => {
  const log = honestLog(rngOf(11), 9)
  const other = copyOf(log)
  forge('edit', other, 2, () => 0)
  const cut = copyOf(log)
  truncate(cut, 5)
  const [one, two] = [notesOf(log).at(-1)!, notesOf(other).at(-1)!]
  named(exported(cut, [one, two]), {}, ['fork'], ['truncation', 'edit', 'delete'], 'neither')
})

test('verify.ts has at most 300 lines', () => {
  const source = readFileSync(new URL('verify.ts', import.meta.url), 'utf8')
  assert.ok(source.trimEnd().split('\n').length <= 300)
})

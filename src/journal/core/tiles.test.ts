import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CompactRange } from './compact-range.ts'
import { leafHash } from './hash.ts'
import { consistencyProof, inclusionProof, provesConsistency, provesInclusion } from './proofs.ts'
import { hashesFromTiles, parseTilePath, tilePath, tilesOf } from './tiles.ts'
import { treeRoot } from './tree.ts'

// The examples in the text of C2SP tlog-tiles.
test('tiles are named as tlog-tiles says', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 1, index: 0, width: 17 }), 'tile/1/000.p/17')
  assert.deepEqual(parseTilePath('tile/0/x001/x234/067.p/255'), { level: 0, index: 1234067, width: 255 })
})

test('a tree of 70,000 has the tiles that tlog-tiles counts, and one of 256 a full tile and a partial one', () => {
  const tiles = [...tilesOf(70_000)]
  const shape = (level: number) => tiles.filter((tile) => tile.level === level).map((tile) => tile.width)
  assert.deepEqual(shape(0), [...Array(273).fill(256), 112])
  assert.deepEqual(shape(1), [256, 17])
  assert.deepEqual(shape(2), [1])
  assert.equal(tiles.length, 277)
  assert.deepEqual(tiles.slice(273, 277).map(tilePath), [
    'tile/0/273.p/112',
    'tile/1/000',
    'tile/1/001.p/17',
    'tile/2/000.p/1',
  ])
  assert.deepEqual([...tilesOf(256)].map(tilePath), ['tile/0/000', 'tile/1/000.p/1'])
  assert.deepEqual([...tilesOf(0)], [])
  assert.deepEqual([...tilesOf(513, 511)].map(tilePath), ['tile/0/001', 'tile/0/002.p/1', 'tile/1/000.p/2'])
})

test('a path that is not written in the one right way names no tile', () => {
  const bad = [
    '',
    'tile/0/1',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
  ]
  const more = [
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/-1/000',
  ]
  const worse = ['tile/entries/000', 'tile/0/../000', 'tile/0/000\n', `tile/0/${'x001/'.repeat(9)}001`, 'tile/0/٠٠٠']
  for (const path of [...bad, ...more, ...worse]) assert.equal(parseTilePath(path), null, path)
  fc.assert(
    fc.property(
      fc.record({
        level: fc.nat({ max: 63 }),
        index: fc.oneof(fc.nat(), fc.maxSafeNat()),
        width: fc.integer({ min: 1, max: 256 }),
      }),
      (tile) => assert.deepEqual(parseTilePath(tilePath(tile)), { ...tile }),
    ),
  )
})

test('proofs built from tiles hold in trees that reach above one and two levels', async () => {
  const all: Buffer[][] = [[], [], []]
  const range = CompactRange.empty()
  const roots = new Map<number, Buffer>([[0, range.root()]])
  const sizes = [1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_100]
  for (let at = 0; at < 66_100; at++) {
    range.push(leafHash(`leaf ${at}`), (height, _, node) => all[height / 8]!.push(node))
    if (sizes.includes(range.size)) roots.set(range.size, range.root())
  }
  for (const size of sizes) {
    const reads: string[] = []
    const hashAt = hashesFromTiles(size, (tile) => {
      reads.push(tilePath(tile))
      return Buffer.concat(all[tile.level]!.slice(tile.index * 256, tile.index * 256 + tile.width))
    })
    const root = await treeRoot(size, hashAt)
    assert.ok(root.equals(roots.get(size)!))
    for (const index of [0, 1, 254, 255, 256, 511, 65_535, size - 1].filter((index) => index < size))
      assert.ok(provesInclusion(index, size, all[0]![index]!, await inclusionProof(index, size, hashAt), root))
    for (const old of [0, ...sizes].filter((old) => old <= size))
      assert.ok(provesConsistency(old, size, roots.get(old)!, root, await consistencyProof(old, size, hashAt)))
    assert.equal(new Set(reads).size, reads.length, 'a tile is read once')
  }
  const short = hashesFromTiles(300, () => Buffer.alloc(32))
  await assert.rejects(async () => treeRoot(300, short), /has 32 bytes/)
})

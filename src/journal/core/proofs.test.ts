import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CompactRange } from './compact-range.ts'
import { EMPTY_ROOT, leafHash, nodeHash, sha256 } from './hash.ts'
import { consistencyProof, inclusionProof, provesConsistency, provesInclusion } from './proofs.ts'
import { type HashAt, treeRoot } from './tree.ts'

// Leaves, roots and proofs of Certificate Transparency's reference trees (github.com/google/certificate-transparency,
// merkletree tests; the same in github.com/transparency-dev/merkle, testonly).
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const reference = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')))

/** The definition of RFC 6962, 2.1, word for word: the oracle of this file. */
function definition(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256('')
  if (hashes.length === 1) return hashes[0]!
  const split = 2 ** (Math.ceil(Math.log2(hashes.length)) - 1)
  return nodeHash(definition(hashes.slice(0, split)), definition(hashes.slice(split)))
}

function sourceOf(hashes: readonly Buffer[]): HashAt {
  return (height, index) => definition(hashes.slice(index * 2 ** height, (index + 1) * 2 ** height))
}

const made = (count: number) => Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`))
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'))

test('the reference trees have the published roots', async () => {
  const range = CompactRange.empty()
  for (const [size, root] of ROOTS.entries()) {
    assert.equal(definition(reference.slice(0, size)).toString('hex'), root)
    assert.equal((await treeRoot(size, sourceOf(reference))).toString('hex'), root)
    assert.equal(range.root().toString('hex'), root)
    if (size < 8) range.push(reference[size]!)
  }
})

test('the reference trees have the published proofs', async () => {
  const of = sourceOf(reference)
  assert.deepEqual(hex(await inclusionProof(0, 8, of)), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  assert.deepEqual(hex(await inclusionProof(5, 8, of)), [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  assert.deepEqual(hex(await consistencyProof(6, 8, of)), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
})

test('every leaf of every small tree can be proved, and nothing else', async () => {
  const hashes = made(40)
  for (let size = 1; size <= hashes.length; size++) {
    const tree = hashes.slice(0, size)
    const root = definition(tree)
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, sourceOf(tree))
      assert.ok(provesInclusion(index, size, hashes[index]!, proof, root))
      assert.ok(!provesInclusion(index, size, leafHash('other'), proof, root))
      assert.ok(!provesInclusion(index, size, hashes[index]!, [...proof, root], root))
      for (let other = 0; other < size; other++)
        if (other !== index) assert.ok(!provesInclusion(other, size, hashes[index]!, proof, root))
    }
  }
})

test('every small tree is proved to begin with every smaller one', async () => {
  const hashes = made(40)
  for (let size = 0; size <= hashes.length; size++)
    for (let old = 0; old <= size; old++) {
      const proof = await consistencyProof(old, size, sourceOf(hashes.slice(0, size)))
      const [oldRoot, root] = [definition(hashes.slice(0, old)), definition(hashes.slice(0, size))]
      assert.ok(provesConsistency(old, size, oldRoot, root, proof), `${old} of ${size}`)
      assert.ok(!provesConsistency(old, size, oldRoot, root, [...proof, root]))
      assert.ok(!provesConsistency(old, size, leafHash('other'), root, proof))
      if (old > 0) assert.ok(!provesConsistency(old, size, oldRoot, leafHash('other'), proof))
    }
})

test('a proof with one bit changed proves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 600 }),
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.nat({ max: 255 }),
      async (size, pick, step, byte, bit) => {
        const hashes = made(size)
        const [index, old] = [pick % size, 1 + (pick % (size - 1))]
        const [root, oldRoot] = [definition(hashes), definition(hashes.slice(0, old))]
        const spoil = (proof: Buffer[]) => {
          const at = step % proof.length
          const spoilt = Buffer.from(proof[at]!)
          spoilt[byte % 32]! ^= 1 << (bit % 8)
          return proof.with(at, spoilt)
        }
        const inclusion = await inclusionProof(index, size, sourceOf(hashes))
        assert.ok(provesInclusion(index, size, hashes[index]!, inclusion, root))
        assert.ok(!provesInclusion(index, size, hashes[index]!, spoil(inclusion), root))
        assert.ok(!provesInclusion(index, size, hashes[index]!, inclusion.slice(1), root))
        const consistency = await consistencyProof(old, size, sourceOf(hashes))
        assert.ok(provesConsistency(old, size, oldRoot, root, consistency))
        assert.ok(!provesConsistency(old, size, oldRoot, root, spoil(consistency)))
        assert.ok(!provesConsistency(old, size, oldRoot, root, consistency.slice(1)))
      },
    ),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 60) },
  )
})

test('a compact range equals the definition, survives storage, and tells tiles of their subtrees', () => {
  const hashes = made(1100)
  let range = CompactRange.empty()
  assert.ok(range.root().equals(EMPTY_ROOT))
  const completed = new Map<string, Buffer>()
  for (const [at, hash] of hashes.entries()) {
    range.push(hash, (height, index, node) => completed.set(`${height}/${index}`, node))
    if (at % 37 === 0) range = CompactRange.deserialise(range.size, range.serialise())
    if (at % 13 === 0) assert.ok(range.root().equals(definition(hashes.slice(0, at + 1))))
  }
  assert.equal(completed.size, 1100 + 4)
  for (let index = 0; index < 4; index++)
    assert.ok(completed.get(`8/${index}`)!.equals(definition(hashes.slice(index * 256, (index + 1) * 256))))
  const before = range.root()
  range.clone().push(leafHash('more'))
  assert.ok(range.root().equals(before), 'a clone leaves the original alone')
  assert.throws(() => CompactRange.deserialise(1099, range.serialise()))
})

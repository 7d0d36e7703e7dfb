import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { issueCheckpoint, openCheckpoint, parseCheckpointText, vkeysOf } from './checkpoint.ts'
import { cosignatureTime, cosignatureVerifier, cosigner } from './cosignature.ts'
import { leafHash, nodeHash } from './hash.ts'
import { keyPairOf } from './keys.ts'
import { noteSigner, noteVerifier, parseNote, parseVkey, signaturesBy, signerFrom, signNote, skeyOf } from './note.ts'
import { openProofFile, parseProofFile, proofFileText } from './proof-file.ts'

// The example in the documentation of golang.org/x/mod/sumdb/note, which C2SP signed-note describes.
const SKEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

test('the published example is signed and opened to the byte', () => {
  const signer = signerFrom(SKEY)!
  assert.equal(signNote(TEXT, [signer]), NOTE)
  const verifier = noteVerifier(VKEY)!
  const note = parseNote(NOTE)!
  assert.equal(note.text, TEXT)
  assert.equal((signaturesBy(note, verifier) as unknown[]).length, 1)
  assert.equal(signaturesBy({ ...note, text: `${TEXT}more\n` }, verifier), false)
  assert.equal(skeyOf('PeterNeumann', Buffer.from(SKEY.split('+').slice(4).join('+'), 'base64').subarray(1)), SKEY)
})

test('an Ed25519 key comes from its seed as in RFC 8032, 7.1', () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
  assert.equal(
    keyPairOf(seed).publicBytes.toString('hex'),
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  )
})

test('the checkpoint and the cosignature printed in C2SP tlog-cosignature are read: 1679315147 is its time', () => {
  const note = parseNote(
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
  )!
  const checkpoint = parseCheckpointText(note.text)!
  assert.deepEqual([checkpoint.origin, checkpoint.size], ['example.com/behind-the-sofa', 20852163])
  assert.equal(note.signatures[1]!.signature.length, 72)
  assert.equal(cosignatureTime(note.signatures[1]!.signature), 1679315147_000)
})

test('a note that is not written in the one right way is none', () => {
  const bad = [
    '',
    '\n',
    TEXT,
    NOTE.slice(0, -1),
    `${NOTE}\n`,
    NOTE.replace('\n\n', '\n'),
    NOTE.replace('— ', '- '),
    NOTE.replace('— ', '—  '),
    NOTE.replace('AM=\n', 'AN=\n'),
    NOTE.replace('AM=\n', 'AM\n'),
    NOTE.replace('\n', '\r\n'),
    NOTE.replace('If', '\ud800'),
    NOTE.replace('If', '\t'),
    `${TEXT}\n— PeterNeumann x08gow==\n`,
    NOTE + '— a x08go/ZJ\n'.repeat(100),
  ]
  for (const note of bad) assert.equal(parseNote(note), null, JSON.stringify(note))
  for (const key of [`${VKEY}=`, VKEY.replace('c7', 'c8'), VKEY.replace('Peter', 'Pete'), SKEY, '', 'a+b+c'])
    assert.equal(parseVkey(key), null, key)
})

const keys = { installationSeed: Buffer.alloc(32, 9), origin: 'holdfast/test/westminster', witness: 'holdfast/test' }
const root = leafHash('root')
const at = Date.UTC(2025, 10, 25, 10, 51, 7, 999)

test('a checkpoint opens with the keys of its log and witness, and tells its time to the second', () => {
  const { log, witness } = vkeysOf(keys)
  const verifiers = { log: noteVerifier(log)!, witnesses: [cosignatureVerifier(witness)!] }
  const signed = issueCheckpoint(keys, { size: 5, root }, at)
  const opened = openCheckpoint(signed, verifiers)
  assert.ok(!('wrong' in opened))
  assert.deepEqual([opened.size, opened.times.get('holdfast/test')], [5, at - 999])
  const other = vkeysOf({ ...keys, installationSeed: Buffer.alloc(32, 8) })
  const strangers = { log: noteVerifier(other.log)!, witnesses: [] }
  assert.deepEqual(openCheckpoint(signed, strangers), { wrong: `${keys.origin} has not signed this checkpoint` })
  assert.equal(noteVerifier(witness), null, 'a witness key is no log key')
  assert.equal(cosignatureVerifier(log), null, 'a log key is no witness key')
})

test('a checkpoint with any byte changed does not open as it was', () => {
  const { log, witness } = vkeysOf(keys)
  const verifiers = { log: noteVerifier(log)!, witnesses: [cosignatureVerifier(witness)!] }
  const signed = Buffer.from(issueCheckpoint(keys, { size: 500, root }, at))
  fc.assert(
    fc.property(fc.nat({ max: signed.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const spoilt = Buffer.from(signed)
      spoilt[place]! ^= change
      const opened = openCheckpoint(spoilt.toString(), verifiers)
      assert.ok('wrong' in opened || opened.times.size === 0, spoilt.toString())
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 1000) },
  )
})

test('checkpoint texts are strict', () => {
  const hash = root.toString('base64')
  assert.deepEqual(parseCheckpointText(`a\n0\n${hash}\nmore\n`)?.extensions, ['more'])
  for (const text of [
    `a\n00\n${hash}\n`,
    `a\n-1\n${hash}\n`,
    `\n1\n${hash}\n`,
    `a\n1\n${hash}`,
    `a\n1\n${hash}\n\n`,
    'a\n1\n',
  ])
    assert.equal(parseCheckpointText(text), null, JSON.stringify(text))
  assert.equal(parseCheckpointText(`a\n9999999999999999\n${hash}\n`), null)
  assert.equal(parseCheckpointText(`a\n1\n${hash.slice(4)}\n`), null)
})

test('a tlog-proof file proves its leaf offline, and no other', () => {
  const { log, witness } = vkeysOf(keys)
  const verifiers = { log: noteVerifier(log)!, witnesses: [cosignatureVerifier(witness)!] }
  const [left, right] = [leafHash('left'), leafHash('right')]
  const checkpoint = issueCheckpoint(keys, { size: 2, root: nodeHash(left, right) }, at)
  const text = proofFileText({ index: 1, proof: [left], checkpoint, extra: Buffer.from('note') })
  assert.ok(text.startsWith('c2sp.org/tlog-proof@v1\nextra bm90ZQ==\nindex 1\n'))
  assert.deepEqual(parseProofFile(text), { index: 1, proof: [left], checkpoint, extra: Buffer.from('note') })
  assert.ok(!('wrong' in openProofFile(text, right, verifiers)))
  assert.ok('wrong' in openProofFile(text, left, verifiers))
  assert.ok('wrong' in openProofFile(text.replace('index 1', 'index 0'), right, verifiers))
  for (const bad of [
    text.replace('@v1', '@v2'),
    text.replace('index 1', 'index 01'),
    text.replace('extra ', 'extra'),
    '',
  ])
    assert.equal(parseProofFile(bad), null)
})

test('a cosignature is for its time and its text only', () => {
  const { witness } = vkeysOf(keys)
  const text = `a\n1\n${root.toString('base64')}\n`
  const seed = keyPairOf(Buffer.alloc(32, 3))
  const strange = cosigner('holdfast/test', seed, at).sign(text)
  assert.equal(cosignatureVerifier(witness)!.verify(text, strange), false)
  assert.notDeepEqual(noteSigner('holdfast/test', seed).keyId, cosigner('holdfast/test', seed, at).keyId)
})

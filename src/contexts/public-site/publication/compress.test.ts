import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { stylesheet } from '#platform/views'
import { gzipped } from './compress.ts'

const words = fc.array(fc.oneof(fc.string(), fc.constantFrom('.govuk-body{', 'Pay council tax', '<li>')), {
  maxLength: 400,
})

test('a page put together from compressed parts is the same page, and larger than one compressed whole by what stands before its styles at most', () => {
  fc.assert(
    fc.property(words, words, fc.boolean(), (before, after, styled) => {
      const page = Buffer.from(`${before.join(' ')}${styled ? stylesheet.text : ''}${after.join(' ')}`)
      const small = gzipped(page)
      assert.deepEqual(gunzipSync(small), page)
      assert.ok(
        small.length <= gzipSync(page, { level: 6 }).length + 200 + (styled ? Buffer.byteLength(before.join(' ')) : 0),
      )
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) },
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { freshDatabase } from '#test/database'
import { binaryArray } from './index.ts'

test('binary arrays arrive as their elements, in order, whatever they hold', async (t) => {
  const database = await freshDatabase(t)
  const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '').toWellFormed())
  const arrays = fc.record({
    text: fc.array(text),
    bytea: fc.array(fc.uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes))),
    bigint: fc.array(fc.maxSafeInteger()),
    integer: fc.array(fc.integer()),
    smallint: fc.array(fc.integer({ min: -32768, max: 32767 })),
    timestamptz: fc.array(
      fc
        .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
        .map(Number),
    ),
  })
  await fc.assert(
    fc.asyncProperty(arrays, async (given) => {
      const [row] = await database.query<Record<string, unknown>>(
        'binary-arrays',
        `select array_to_json($1::text[]) as text, array(select encode(b, 'hex') from unnest($2::bytea[]) b) as bytea,
           $3::bigint[]::text[] as bigint, $4::integer[] as integer, $5::smallint[]::integer[] as smallint,
           array(select (extract(epoch from z) * 1000000)::bigint::text from unnest($6::timestamptz[]) z) as timestamptz`,
        [
          binaryArray.text(given.text),
          binaryArray.bytea(given.bytea),
          binaryArray.bigint(given.bigint),
          binaryArray.integer(given.integer),
          binaryArray.smallint(given.smallint),
          binaryArray.timestamptz(given.timestamptz),
        ],
      )
      assert.deepEqual(row, {
        text: given.text,
        bytea: given.bytea.map((bytes) => bytes.toString('hex')),
        bigint: given.bigint.map(String),
        integer: given.integer,
        smallint: given.smallint,
        timestamptz: given.timestamptz.map((millis) => String(BigInt(millis) * 1000n)),
      })
    }),
    { numRuns: 300 },
  )
})

/**
 * Arrays as PostgreSQL takes them in binary (array_recv): no quoting here and no unquoting there, which for text full of
 * quotes, such as JSON, is most of the price of a parameter. As a value of `query`, a Buffer is sent in binary.
 */
export const binaryArray: {
  text(items: readonly string[]): Buffer
  bytea(items: readonly Buffer[]): Buffer
  bigint(items: readonly number[]): Buffer
  integer(items: readonly number[]): Buffer
  smallint(items: readonly number[]): Buffer
  /** From milliseconds since 1970. */
  timestamptz(items: readonly number[]): Buffer
} = {
  text: (items) => written(OID.text, items, Buffer.byteLength, (into, at, text) => void into.write(text, at)),
  bytea: (items) =>
    written(
      OID.bytea,
      items,
      (bytes) => bytes.length,
      (into, at, bytes) => void into.set(bytes, at),
    ),
  bigint: (items) =>
    written(OID.bigint, items, eight, (into, at, value) => void into.writeBigInt64BE(BigInt(value), at)),
  integer: (items) =>
    written(
      OID.integer,
      items,
      () => 4,
      (into, at, value) => void into.writeInt32BE(value, at),
    ),
  smallint: (items) =>
    written(
      OID.smallint,
      items,
      () => 2,
      (into, at, value) => void into.writeInt16BE(value, at),
    ),
  timestamptz: (items) =>
    written(
      OID.timestamptz,
      items,
      eight,
      (into, at, millis) => void into.writeBigInt64BE(BigInt(Math.trunc(millis) - YEAR_2000) * 1000n, at),
    ),
}

const OID = { bytea: 17, bigint: 20, smallint: 21, integer: 23, text: 25, timestamptz: 1184 }
const YEAR_2000 = Date.UTC(2000, 0, 1)
const HEADER = 20

const eight = () => 8

function written<Item>(
  oid: number,
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  write: (into: Buffer, at: number, item: Item) => void,
): Buffer {
  const sizes = items.map((item) => sizeOf(item))
  const empty = items.length === 0
  const all = Buffer.allocUnsafe(empty ? 12 : sizes.reduce((sum, size) => sum + 4 + size, HEADER))
  all.writeInt32BE(empty ? 0 : 1, 0)
  all.writeInt32BE(0, 4)
  all.writeInt32BE(oid, 8)
  if (empty) return all
  all.writeInt32BE(items.length, 12)
  all.writeInt32BE(1, 16)
  let at = HEADER
  for (const [position, item] of items.entries()) {
    const size = sizes[position]!
    all.writeInt32BE(size, at)
    write(all, at + 4, item)
    at += 4 + size
  }
  return all
}

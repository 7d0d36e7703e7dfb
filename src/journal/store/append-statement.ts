import { binaryArray } from '#platform/database'
import type { Group } from './group.ts'

/** The parameters of journal.append, in its order; see migrations/002-cheaper-appends.sql. */
export const APPEND = `select verdict, item, detail from journal.append(${[
  'text[] bigint[] bigint[] bytea[] timestamptz[]',
  'integer[] text[] text[] bytea[] bigint[] integer[] text[]',
  'integer[] text[] text[] integer[]',
  'text[] bigint[] text[] integer[] text[] timestamptz[] text[] bytea[]',
  'text[] bigint[] text[] bytea[] text[]',
  'text[] smallint[] bigint[] bytea[]',
  'boolean text',
]
  .join(' ')
  .split(' ')
  .map((type, position) => `$${position + 1}::${type}`)
  .join(', ')})`

const { text, bytea, bigint, integer, smallint, timestamptz } = binaryArray

export function appendValues(group: Group, careful: boolean, notice: string | null): unknown[] {
  const heads = [...group.heads]
  const commands = [...group.items.entries()].filter(
    ([item, { request }]) => request.command && !group.overtaken.has(item),
  )
  const streams = [...group.streams.values()]
  const { leaves, sealed, nodes } = group
  return [
    text(heads.map(([organisation]) => organisation)),
    bigint(heads.map(([, { expected }]) => expected)),
    bigint(heads.map(([, { head }]) => head.size)),
    bytea(heads.map(([, { head }]) => head.range.serialise())),
    timestamptz(heads.map(([, { head }]) => head.recordedAt)),

    integer(commands.map(([item]) => item)),
    text(commands.map(([, { request }]) => request.organisation)),
    text(commands.map(([, { request }]) => request.command!.id)),
    bytea(commands.map(([, { request }]) => Buffer.from(request.command!.digest, 'hex'))),
    bigint(commands.map(([, { first }]) => first)),
    integer(commands.map(([, { entries }]) => entries.length)),
    text(commands.map(([, { request }]) => JSON.stringify(request.command!.answer))),

    integer(streams.map((stream) => stream.item)),
    text(streams.map((stream) => stream.organisation)),
    text(streams.map((stream) => stream.stream)),
    integer(streams.map((stream) => stream.expected)),

    text(leaves.map(({ entry }) => entry.organisation)),
    bigint(leaves.map(({ entry }) => entry.number)),
    text(leaves.map(({ entry }) => entry.stream)),
    integer(leaves.map(({ entry }) => entry.version)),
    text(leaves.map(({ entry }) => entry.type)),
    timestamptz(leaves.map(({ recordedAt }) => recordedAt)),
    text(leaves.map((leaf) => leaf.text)),
    bytea(leaves.map(({ hash }) => hash)),

    text(sealed.map((row) => row.organisation)),
    bigint(sealed.map((row) => row.number)),
    text(sealed.map((row) => row.field)),
    bytea(sealed.map((row) => row.salt)),
    text(sealed.map((row) => row.value)),

    text(nodes.map((row) => row.organisation)),
    smallint(nodes.map((row) => row.level)),
    bigint(nodes.map((row) => row.index)),
    bytea(nodes.map((row) => row.hash)),

    careful,
    notice,
  ]
}

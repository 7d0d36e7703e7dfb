import { instant } from '#kernel'
import type { Group } from './group.ts'

/** The parameters of journal.append, in its order; see migrations/001-journal.sql. */
export const APPEND = `select verdict, item, detail from journal.append(${[
  'text[] bigint[] bigint[] text[] text[]',
  'integer[] text[] text[] text[] bigint[] integer[] text[]',
  'integer[] text[] text[] integer[]',
  'text[] bigint[] text[] integer[] text[] text[] text[] bytea',
  'text[] bigint[] text[] text[] text[]',
  'text[] smallint[] bigint[] text[]',
  'boolean',
]
  .join(' ')
  .split(' ')
  .map((type, position) => `$${position + 1}::${type}`)
  .join(', ')})`

export function appendValues(group: Group, careful: boolean): unknown[] {
  const heads = [...group.heads]
  const commands = [...group.items.entries()].filter(
    ([item, { request }]) => request.command && !group.overtaken.has(item),
  )
  const streams = [...group.streams.values()]
  const { leaves, sealed, nodes } = group
  return [
    heads.map(([organisation]) => organisation),
    heads.map(([, { expected }]) => expected),
    heads.map(([, { head }]) => head.size),
    heads.map(([, { head }]) => head.range.serialise().toString('hex')),
    heads.map(([, { head }]) => instant(head.recordedAt)),

    commands.map(([item]) => item),
    commands.map(([, { request }]) => request.organisation),
    commands.map(([, { request }]) => request.command!.id),
    commands.map(([, { request }]) => request.command!.digest),
    commands.map(([, { first }]) => first),
    commands.map(([, { entries }]) => entries.length),
    commands.map(([, { request }]) => JSON.stringify(request.command!.answer)),

    streams.map((stream) => stream.item),
    streams.map((stream) => stream.organisation),
    streams.map((stream) => stream.stream),
    streams.map((stream) => stream.expected),

    leaves.map(({ entry }) => entry.organisation),
    leaves.map(({ entry }) => entry.number),
    leaves.map(({ entry }) => entry.stream),
    leaves.map(({ entry }) => entry.version),
    leaves.map(({ entry }) => entry.type),
    leaves.map(({ entry }) => entry.recordedAt),
    leaves.map(({ text }) => text),
    Buffer.concat(leaves.map(({ hash }) => hash)),

    sealed.map((row) => row.organisation),
    sealed.map((row) => row.number),
    sealed.map((row) => row.field),
    sealed.map((row) => row.salt.toString('hex')),
    sealed.map((row) => row.value),

    nodes.map((row) => row.organisation),
    nodes.map((row) => row.level),
    nodes.map((row) => row.index),
    nodes.map((row) => row.hash.toString('hex')),

    careful,
  ]
}

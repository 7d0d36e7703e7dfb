import type { Tx } from '#platform/database'
import { type ReadTile, type Tile, tileIn } from '../core/index.ts'

/** The bytes of a C2SP tile of an organisation's log: leaf hashes from the entries, upper levels from their subtrees. */
export function tileReader(database: Tx, organisation: string): (tile: Tile) => Promise<Buffer> {
  const read: ReadTile = async ({ level, index, width }) => {
    const from = index * 256
    const rows =
      level === 0
        ? await database.query<{ hash: Buffer }>(
            'journal-tile-leaves',
            'select hash from journal.entries where organisation = $1 and number > $2 and number <= $3 order by number',
            [organisation, from, from + width],
          )
        : await database.query<{ hash: Buffer }>(
            'journal-tile-nodes',
            'select hash from journal.nodes where organisation = $1 and level = $2 and index >= $3 and index < $4 order by index',
            [organisation, level, from, from + width],
          )
    return Buffer.concat(rows.map((row) => row.hash))
  }
  return async (tile) => read(tile)
}

/** True where a tree of `size` has this tile, whole or as the partial tile of exactly this or a smaller width. */
export function hasTile(size: number, tile: Tile): boolean {
  const there = tileIn(size, tile.level, tile.index)
  return there !== null && tile.width <= there.width
}

/** One tile of a map: where an authority roughly lies among its neighbours. */
export interface Tile {
  /** Nine-character code of the Office for National Statistics. */
  readonly gss: string
  readonly name: string
  readonly short: string
  readonly column: number
  readonly row: number
}

const rows: readonly (readonly [first: number, ...tiles: readonly (readonly [number, string, string])[]])[] = [
  [5, [10, 'Enfield', 'Enf']],
  [3, [15, 'Harrow', 'Hrw'], [3, 'Barnet', 'Bar'], [14, 'Haringey', 'Hgy'], [31, 'Waltham Forest', 'WaF']],
  [
    1,
    [17, 'Hillingdon', 'Hil'],
    [9, 'Ealing', 'Eal'],
    [5, 'Brent', 'Bre'],
    [7, 'Camden', 'Cam'],
    [19, 'Islington', 'Isl'],
    [12, 'Hackney', 'Hac'],
    [26, 'Redbridge', 'Red'],
    [16, 'Havering', 'Hav'],
  ],
  [
    1,
    [18, 'Hounslow', 'Hou'],
    [13, 'Hammersmith and Fulham', 'H&F'],
    [20, 'Kensington and Chelsea', 'K&C'],
    [33, 'Westminster', 'Wes'],
    [1, 'City of London', 'City'],
    [30, 'Tower Hamlets', 'ToH'],
    [25, 'Newham', 'New'],
    [2, 'Barking and Dagenham', 'B&D'],
  ],
  [
    2,
    [27, 'Richmond upon Thames', 'Ric'],
    [32, 'Wandsworth', 'Wan'],
    [22, 'Lambeth', 'Lam'],
    [28, 'Southwark', 'Sou'],
    [23, 'Lewisham', 'Lew'],
    [11, 'Greenwich', 'Gre'],
    [4, 'Bexley', 'Bex'],
  ],
  [3, [21, 'Kingston upon Thames', 'Kin'], [24, 'Merton', 'Mer'], [8, 'Croydon', 'Cro'], [6, 'Bromley', 'Brm']],
  [4, [29, 'Sutton', 'Sut']],
]

/** The 32 boroughs and the City of London. */
export const LONDON_TILES: readonly Tile[] = rows.flatMap(([first, ...tiles], row) =>
  tiles.map(([code, name, short], position) => ({
    gss: `E090000${String(code).padStart(2, '0')}`,
    name,
    short,
    column: first + position,
    row: row + 1,
  })),
)

/** A room's name as folders, values and types spell it. */
export interface Names {
  /** `fleet-cover` */
  readonly room: string
  /** `fleetCover` */
  readonly value: string
  /** `FleetCover` */
  readonly type: string
  /** `FLEET_COVER` */
  readonly constant: string
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const LONGEST = 40
/** Words of the language, of the files that the name is written into, and of addresses that are served already. */
const TAKEN = [
  ...'await break case catch class const continue debugger default delete do else enum eval export extends false'.split(
    ' ',
  ),
  ...'finally for function if implements import in instanceof interface let new null package private protected'.split(
    ' ',
  ),
  ...'public return static super switch this throw true try typeof undefined var void while with yield'.split(' '),
  ...'arguments async command commands declared journal query queries room rooms close open record state'.split(' '),
  ...'events what-if kernel platform model models contexts main'.split(' '),
]

/** The spellings of a name, or why it cannot be one. `known`: rooms and queries that there are. */
export function namesOf(name: string, known: readonly string[]): Names | { readonly wrong: string } {
  if (!NAME.test(name) || name.length > LONGEST)
    return { wrong: `"${name}" is no name for a room: use lower-case words with hyphens, such as fleet-cover` }
  if (known.includes(name)) return { wrong: `${name} is a room or a query already: choose another name` }
  if (TAKEN.includes(name)) return { wrong: `${name} means something else here: choose another name` }
  const words = name.split('-')
  const type = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
  return { room: name, value: type[0]!.toLowerCase() + type.slice(1), type, constant: words.join('_').toUpperCase() }
}

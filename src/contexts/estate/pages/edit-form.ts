import type { Fields } from '#command'
import type { InputError } from '#kernel'
import type { Need } from '../core/estate.ts'
import { isService, type Node, shortId } from './place.ts'
import { readDuration, sayDuration } from './say.ts'

/** One need as it stands in the form. */
export interface NeedTyped {
  readonly anyOf: string
  readonly atLeast: string
  readonly strength: string
  readonly buffer: string
}

/** Everything as it was typed. */
export interface Typed {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly owner: string
  readonly lgsl: string
  readonly statutory: boolean
  readonly rto: string
  readonly mtpd: string
  readonly needs: readonly NeedTyped[]
}

export const BLANK: Typed = {
  id: '',
  name: '',
  kind: '',
  owner: '',
  lgsl: '',
  statutory: false,
  rto: '',
  mtpd: '',
  needs: [],
}

export function typedOf(node: Node, organisation: string): Typed {
  const short = (id: string) => (id.startsWith(`${organisation}/`) ? shortId(id) : id)
  return {
    ...BLANK,
    id: shortId(node.id),
    name: node.name,
    owner: node.owner ?? '',
    ...(isService(node)
      ? {
          lgsl: node.lgsl === undefined ? '' : String(node.lgsl),
          statutory: node.statutory,
          rto: node.rto ? sayDuration(node.rto) : '',
          mtpd: node.mtpd ? sayDuration(node.mtpd) : '',
        }
      : { kind: node.kind }),
    needs: node.needs.map(
      (need: Need): NeedTyped => ({
        anyOf: need.anyOf.map(short).join(', '),
        atLeast: need.anyOf.length > 1 ? String(need.atLeast) : '',
        strength: need.strength,
        buffer: need.buffer ? sayDuration(need.buffer) : '',
      }),
    ),
  }
}

const MOST_NEEDS = 200

export function typedIn(form: Fields): Typed {
  const line = (name: string) => form.get(name)?.trim() ?? ''
  const rows = Math.min(MOST_NEEDS, Number.parseInt(line('rows'), 10) || 0)
  return {
    id: line('id'),
    name: line('name'),
    kind: line('kind'),
    owner: line('owner'),
    lgsl: line('lgsl'),
    statutory: line('statutory') === 'yes',
    rto: line('rto'),
    mtpd: line('mtpd'),
    needs: Array.from({ length: rows }, (_, row) => ({
      anyOf: line(`needs-${row}-anyOf`),
      atLeast: line(`needs-${row}-atLeast`),
      strength: line(`needs-${row}-strength`),
      buffer: line(`needs-${row}-buffer`),
    })),
  }
}

/** The command's input, or what cannot be read, at its place in that input. Rows that name nothing are left out. */
export function inputOf(typed: Typed, service: boolean): { input: object; errors: readonly InputError[] } {
  const errors: InputError[] = []
  const wrong = (pointer: string, detail: string) => void errors.push({ pointer, detail })
  const length = (text: string, pointer: string) => {
    const iso = text === '' ? undefined : readDuration(text)
    if (iso === null) wrong(pointer, 'is not a length of time: write 8 hours or 2 days')
    return iso ?? undefined
  }
  const whole = (text: string, pointer: string) => {
    if (text !== '' && !/^[1-9]\d{0,5}$/.test(text)) wrong(pointer, 'is not a whole number of 1 or more')
    return text === '' ? undefined : Number(text)
  }
  if (typed.id === '') wrong('/id', 'is needed, such as pay-rent')
  if (typed.name === '') wrong('/name', 'is needed')
  if (!service && typed.kind === '') wrong('/kind', 'is needed: choose one')
  const needs = typed.needs
    .filter(({ anyOf }) => anyOf !== '')
    .map(({ anyOf, atLeast, strength, buffer }, position) =>
      present({
        anyOf: anyOf.split(/[\s,;]+/).filter((id) => id !== ''),
        atLeast: whole(atLeast, `/needs/${position}/atLeast`),
        strength: strength === 'uses' ? 'uses' : 'requires',
        buffer: length(buffer, `/needs/${position}/buffer`),
      }),
    )
  const { id, name, kind, owner, lgsl, statutory, rto, mtpd } = typed
  const special = service
    ? { lgsl: whole(lgsl, '/lgsl'), statutory, rto: length(rto, '/rto'), mtpd: length(mtpd, '/mtpd') }
    : { kind }
  return { input: present({ id, name, owner: owner || undefined, ...special, needs }), errors }
}

function present(record: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}

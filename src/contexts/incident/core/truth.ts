export interface Counts {
  readonly stopped: number
  readonly limited: number
  readonly usual: number
  readonly total: number
}

/** The one sentence: "21 of 48 services have stopped, 8 are limited and 19 are running as usual." */
export function truth(counts: Counts): string {
  const { stopped, limited, usual, total } = counts
  if (total === 0) return 'no services are listed here yet.'
  if (usual === total)
    return total === 1 ? 'the one service is running as usual.' : `all ${total} services are running as usual.`
  const be = (count: number) => (count === 1 ? 'is' : 'are')
  const parts = [
    stopped > 0 && `${stopped === 1 ? 'has' : 'have'} stopped`,
    limited > 0 && `${be(limited)} limited`,
    usual > 0 && `${be(usual)} running as usual`,
  ]
  const numbers = [stopped, limited, usual]
  const said = parts.flatMap((part, i) => (part ? [{ part, count: numbers[i]! }] : []))
  const first = said[0]!
  const rest = said.slice(1).map(({ part, count }) => `${count} ${part}`)
  const head = `${first.count} of ${total} service${total === 1 ? '' : 's'} ${first.part}`
  if (first.count === total) return `${total === 1 ? 'the one service' : `all ${total} services`} ${first.part}.`
  return `${[head, ...rest.slice(0, -1)].join(', ')}${rest.length > 0 ? ` and ${rest.at(-1)}` : ''}.`
}

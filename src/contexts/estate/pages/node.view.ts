import type { Frame } from '#command'
import { estateHome, isService, type Node, nodePath, picturePath, shortId } from './place.ts'
import { KIND_WORDS, sayDuration, sayNeed } from './say.ts'

export interface NodeLink {
  readonly href: string
  readonly name: string
}

export interface NodeView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly what: string
  readonly back: string
  readonly picture: string
  readonly edit: string
  readonly mayKeep: boolean
  readonly assumed: boolean
  readonly rows: readonly { readonly key: string; readonly value: string }[]
  readonly needs: readonly { readonly words: string; readonly targets: readonly NodeLink[] }[]
  readonly neededBy: readonly NodeLink[]
  readonly keepAlive: { readonly words: string; readonly components: readonly NodeLink[] } | null
  readonly problem: string | null
}

export interface KeepAlive {
  readonly components: readonly { readonly id: string; readonly name: string }[] | null
  readonly exact: boolean
  readonly lowerBound: number
}

export interface NodeFacts {
  readonly frame: Frame
  readonly node: Node
  readonly mayKeep: boolean
  readonly linkTo: (id: string) => NodeLink
  readonly neededBy: readonly string[]
  readonly keepAlive: KeepAlive | null
  readonly problem: string | null
}

export function nodeView({ frame, node, mayKeep, linkTo, neededBy, keepAlive, problem }: NodeFacts): NodeView {
  const service = isService(node)
  const rows = [
    { key: 'Id', value: shortId(node.id) },
    { key: 'Owner', value: node.owner ?? 'Not recorded' },
    ...(service
      ? [
          { key: 'To be back within (RTO)', value: node.rto ? sayDuration(node.rto) : 'Not recorded' },
          { key: 'Can be without it for at most (MTPD)', value: node.mtpd ? sayDuration(node.mtpd) : 'Not recorded' },
          { key: 'Required by law', value: node.statutory ? 'Yes' : 'No' },
          { key: 'Service list number (LGSL)', value: node.lgsl ? String(node.lgsl) : 'Not recorded' },
        ]
      : []),
  ]
  return {
    frame,
    title: node.name,
    heading: node.name,
    what: service ? 'Service' : KIND_WORDS[node.kind],
    back: estateHome(frame),
    picture: picturePath(frame, node.id),
    edit: `${nodePath(frame, node, service)}/edit`,
    mayKeep,
    assumed: node.assumed === true,
    rows,
    needs: node.needs.map((need) => ({ words: sayNeed(need), targets: need.anyOf.map(linkTo) })),
    neededBy: neededBy.map(linkTo),
    keepAlive: keepAlive && {
      words: wordsOf(keepAlive),
      components: (keepAlive.components ?? []).map(({ id }) => linkTo(id)),
    },
    problem,
  }
}

function wordsOf({ components, exact, lowerBound }: KeepAlive): string {
  if (components === null) return 'No set of components keeps it running, as the estate is recorded.'
  if (components.length === 0) return 'It needs nothing that is recorded: it runs whatever is isolated.'
  return exact
    ? 'If everything else were isolated, these would be enough to keep it running. No smaller set would do.'
    : `If everything else were isolated, these would be enough to keep it running. A smaller set may exist, of no fewer than ${lowerBound}.`
}

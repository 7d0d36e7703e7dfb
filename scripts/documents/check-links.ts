import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { Finding, House } from './house.ts'

/** Every relative link leads to a file, and its fragment to a heading. */
export function checkLinks({ root, documents }: House): Finding[] {
  const byPath = new Map(documents.map((document) => [document.path, document]))
  return documents.flatMap(({ path, links }) =>
    links.flatMap(({ line, text }): Finding[] => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return []
      const [file = '', fragment] = text.split('#', 2)
      const target = file === '' ? path : posix.normalize(posix.join(dirname(path), decodeURI(file)))
      if (!existsSync(join(root, target))) return [{ path, line, words: `the link ${text} leads nowhere` }]
      const document = byPath.get(target)
      if (fragment === undefined || !document || document.anchors.has(fragment)) return []
      return [{ path, line, words: `${target} has no heading for #${fragment}` }]
    }),
  )
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, House } from './house.ts'

const ARCHITECTURE = 'ARCHITECTURE.md'
const HEADING = /^##\s+Invariants/

interface Item {
  readonly line: number
  readonly text: string
}

/**
 * Each item of the list under "Invariants" names its guard: rule `name`, or `file.test.ts` "title of the test". Three dots
 * in a title stand for what the test fills in.
 */
export function checkInvariants(house: House): Finding[] {
  const lines = house.documents.find(({ path }) => path === ARCHITECTURE)?.lines ?? []
  const items = itemsOf(lines)
  const path = ARCHITECTURE
  if (items.length === 0) return [{ path, line: 1, words: 'there is no list under "## Invariants"' }]
  return items.flatMap(({ line, text }) => {
    const wrong = wrongGuards(house, text) ?? ['this invariant names no guard']
    return wrong.map((words) => ({ path, line, words }))
  })
}

/** What is wrong with the rules and tests that a text names; null where it names none. */
export function wrongGuards({ root, rules }: Pick<House, 'root' | 'rules'>, text: string): string[] | null {
  const named = [...text.matchAll(/\brule `([^`]+)`/g)].map(([, rule]) => rule!)
  const tests = [...text.matchAll(/`([^`]+\.test\.ts)`((?:[,;]? (?:and )?"[^"]+")+)/g)]
  if (named.length + tests.length === 0) return null
  const wrong = named.filter((rule) => !rules.includes(rule)).map((rule) => `there is no rule ${rule}`)
  for (const [, file, titles] of tests) wrong.push(...missingTests(root, file!, titles!))
  return wrong
}

function itemsOf(lines: readonly string[]): Item[] {
  const items: Item[] = []
  let inside = false
  for (const [index, line] of lines.entries()) {
    if (/^##\s/.test(line)) inside = HEADING.test(line)
    else if (!inside) continue
    else if (line.startsWith('- ')) items.push({ line: index + 1, text: line })
    else if (/^\s+\S/.test(line) && items.length > 0) {
      const last = items.at(-1)!
      items[items.length - 1] = { ...last, text: `${last.text} ${line.trim()}` }
    }
  }
  return items
}

function missingTests(root: string, file: string, titles: string): string[] {
  if (!existsSync(join(root, file))) return [`there is no ${file}`]
  const text = readFileSync(join(root, file), 'utf8')
  return [...titles.matchAll(/"([^"]+)"/g)].flatMap(([, title]) => {
    const parts = title!.split('...').map(escaped)
    const pattern = new RegExp(`\\btest\\(\\s*(['"\`])${parts.join('[^\\n]*?')}\\1`)
    return pattern.test(text) ? [] : [`${file} has no test "${title}"`]
  })
}

/** An apostrophe may stand behind a backslash in the source. */
function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll("'", "\\\\?'")
}

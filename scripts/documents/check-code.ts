import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, House } from './house.ts'

const PATH = /^(?:\.\/)?([\w.@-]+(?:\/[\w.@*{},-]+)*\/?)(?:#([\w$]+))?$/
/** `src/contexts/NAME/room.ts` speaks of no file in particular. */
const PLACEHOLDER = /(^|\/)[A-Z][A-Z_-]*(\/|$)/

/** Every inline code that looks like a path of this repository is one, and `path#symbol` is declared there. */
export function checkPaths({ root, documents }: House): Finding[] {
  const top = new Set(readdirSync(root))
  const made = madeByRunning(root)
  return documents.flatMap(({ path, codes }) =>
    codes.flatMap(({ line, text }): Finding[] => {
      const [, named = '', symbol] = PATH.exec(text) ?? []
      const ours = top.has(named.split('/')[0]!) && (named.includes('/') || symbol !== undefined)
      if (!ours || PLACEHOLDER.test(named) || made.has(named)) return []
      const missing = /[*{]/.test(named) ? globSync(named, { cwd: root }).length === 0 : !existsSync(join(root, named))
      if (missing) return [{ path, line, words: `there is no ${named}` }]
      if (symbol === undefined || declares(join(root, named), symbol)) return []
      return [{ path, line, words: `${named} declares no ${symbol}` }]
    }),
  )
}

/** Files that git is told to ignore by name: a fresh clone has none of them yet. */
function madeByRunning(root: string): Set<string> {
  const file = join(root, '.gitignore')
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
}

function declares(file: string, symbol: string): boolean {
  if (!statSync(file).isFile()) return false
  const text = readFileSync(file, 'utf8')
  const name = symbol.replaceAll('$', '\\$')
  const declaration = file.endsWith('.sql')
    ? `create (or replace )?(function|procedure|table|index|schema|type)( if not exists)? (\\w+\\.)?${name}\\b`
    : `\\b(function\\*?|const|let|class|interface|type) ${name}\\b|^\\s+(async |readonly )?${name}\\??(\\(|:|<|,)`
  return new RegExp(declaration, 'mi').test(text)
}

/** Every `npm run X` and `npx holdfast VERB --option` can be run, whether inline or in a block of code. */
export function checkCommands({ documents, scripts, verbs }: House): Finding[] {
  return documents.flatMap(({ path, codes, blockLines }) =>
    [...codes, ...blockLines].flatMap(({ line, text }): Finding[] => {
      const words = [...unknownScripts(text, scripts), ...unknownVerbs(text, verbs)]
      return words.map((one) => ({ path, line, words: one }))
    }),
  )
}

function unknownScripts(text: string, scripts: readonly string[]): string[] {
  const named = [...text.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name]) => name!)
  return named
    .filter((name) => name !== 'X' && !scripts.includes(name))
    .map((name) => `package.json has no script ${name}`)
}

function unknownVerbs(text: string, verbs: House['verbs']): string[] {
  return [...text.matchAll(/\bnpx holdfast((?:\s+[^\s|;&)]+)+)/g)].flatMap(([, rest]) => {
    const said = rest!.trim().replace(/\s+#.*$/, '')
    if (/^(VERB|COMMAND|\.\.\.|--help)/.test(said)) return []
    const verb = verbs.find(({ name }) => said === name || said.startsWith(`${name} `))
    if (!verb) return [`holdfast cannot do "${said}"`]
    const options = [...said.matchAll(/(?<=\s|\[)--([\w-]+)/g)].map(([, option]) => option!)
    const unknown = options.filter((option) => option !== 'help' && !Object.hasOwn(verb.options, option))
    return unknown.map((option) => `holdfast ${verb.name} has no option --${option}`)
  })
}

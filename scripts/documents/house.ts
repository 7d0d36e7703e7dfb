import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { type Document, readMarkdown } from './markdown.ts'

export interface Finding {
  readonly path: string
  readonly line: number
  readonly words: string
}

/** What the documents speak of, as the code has it. */
export interface House {
  readonly root: string
  readonly documents: readonly Document[]
  readonly scripts: readonly string[]
  /** Verbs of the command line with the names of their options. */
  readonly verbs: readonly Verb[]
  /** Environment variables that the configuration reads. */
  readonly variables: readonly string[]
  /** Names of the rules of dependency-cruiser. */
  readonly rules: readonly string[]
}

export interface Verb {
  readonly name: string
  readonly options: object
}

const NOT_OURS = /(^|[\\/])(node_modules|data|live|\.git)([\\/]|$)/

export function readHouse(root: string, verbs: readonly Verb[]): House {
  const text = (path: string) => readFileSync(join(root, path), 'utf8')
  const paths = globSync('**/*.md', { cwd: root, exclude: (path) => NOT_OURS.test(path) })
  const cruiser = createRequire(join(root, 'package.json'))('./.dependency-cruiser.cjs') as {
    forbidden: { name: string }[]
  }
  const read = ['config', 'delivery', 'publish']
    .map((name) => `src/platform/config/${name}.ts`)
    .filter((path) => existsSync(join(root, path)))
    .map(text)
    .join('\n')
    .matchAll(/\btake(?:<.*?>)?\('([A-Z_]+)'/g)
  return {
    root,
    documents: paths.sort().map((path) => readMarkdown(path.split(sep).join('/'), text(path))),
    scripts: Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts),
    verbs,
    variables: [...read].map(([, name]) => name!),
    rules: cruiser.forbidden.map(({ name }) => name),
  }
}

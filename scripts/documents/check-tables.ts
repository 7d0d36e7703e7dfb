import type { Finding, House } from './house.ts'

const README = 'README.md'

/** The README tells of every environment variable that the configuration reads, and of no other. */
export function checkVariables({ documents, variables }: House): Finding[] {
  const lines = documents.find(({ path }) => path === README)?.lines ?? []
  const told = lines.flatMap((line, index) => {
    const cell = /^\|([^|]*)\|/.exec(line)?.[1] ?? ''
    return [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => ({ name: name!, line: index + 1 }))
  })
  const names = new Set(told.map(({ name }) => name))
  return [
    ...told
      .filter(({ name }) => !variables.includes(name))
      .map(({ name, line }) => ({ path: README, line, words: `the configuration does not read ${name}` })),
    ...variables
      .filter((name) => !names.has(name))
      .map((name) => ({ path: README, line: 1, words: `the table of variables leaves out ${name}` })),
  ]
}

/** The README names every verb of the command line. Those that do not exist are found by `checkCommands`. */
export function checkVerbs({ documents, verbs }: House): Finding[] {
  const readme = documents.find(({ path }) => path === README)
  const said = [...(readme?.codes ?? []), ...(readme?.blockLines ?? [])].map(({ text }) => text)
  return verbs
    .filter(({ name }) => !said.some((text) => new RegExp(`^(npx holdfast )?${name}( |$)`).test(text.trim())))
    .map(({ name }) => ({ path: README, line: 1, words: `the command line leaves out "${name}"` }))
}

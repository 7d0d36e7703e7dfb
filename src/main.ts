import { parseArgs } from 'node:util'
import { commandLine } from './main/cli/index.ts'
import { Complaint, UsageError, type Verb } from './main/cli/verb.ts'

/** `holdfast VERB ...`: exit status 0 done, 1 refused or found wrong (one clear line on stderr), 2 usage. */
async function main(words: readonly string[]): Promise<number> {
  const found = find(words)
  if (!found || words.includes('--help')) {
    const wanted = words.length === 0 || words.includes('--help')
    process[wanted ? 'stdout' : 'stderr'].write(found ? usage(found.verb) : overview(words))
    return wanted ? 0 : 2
  }
  const { verb, rest } = found
  try {
    const { values, positionals } = parse(verb, rest)
    return await verb.run(values, positionals)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`holdfast ${verb.name}: ${error.message}\n${usage(verb)}`)
      return 2
    }
    if (error instanceof Complaint || isForeseen(error)) {
      process.stderr.write(`${(error as Error).message}\n`)
      return 1
    }
    throw error
  }
}

function find(words: readonly string[]): { verb: Verb; rest: string[] } | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const verb = commandLine.find((one) => one.name === name)
    if (verb) return { verb, rest: words.slice(length) }
  }
  return null
}

function parse(verb: Verb, rest: string[]) {
  try {
    return parseArgs({ args: rest, options: verb.options, allowPositionals: true, strict: true }) as {
      values: Record<string, never>
      positionals: string[]
    }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** Errors whose message is meant for a person and says what to do. */
function isForeseen(error: unknown): boolean {
  return [
    'DatabaseRefused',
    'DatabaseUnavailable',
    'JournalDamaged',
    'KeysRefused',
    'ExportRefused',
    'BackupRefused',
  ].includes((error as Error).name)
}

function usage(verb: Verb): string {
  return `usage: holdfast ${verb.name} ${verb.usage}\n  ${verb.summary}\n`
}

function overview(words: readonly string[]): string {
  const lines = commandLine.map((verb) => `  ${`${verb.name} ${verb.usage}`.trim()}\n      ${verb.summary}`)
  const wrong = words.length > 0 ? `"${words.join(' ')}" is not something holdfast can do.\n` : ''
  return `${wrong}usage: holdfast COMMAND ...\n${lines.join('\n')}\n`
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await main(process.argv.slice(2))

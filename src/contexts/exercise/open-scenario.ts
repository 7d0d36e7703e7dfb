import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { type Parsed, parseScenario } from './core/file/parse-scenario.ts'
import type { ReadText } from './core/file/references.ts'

const LARGEST_FILE = 5_000_000
const LARGEST_SUM = 50_000_000

/** Reads a scenario and the files that it names, all from its own folder. Every mistake comes back with its line; never throws. */
export function openScenario(path: string): Parsed {
  const name = basename(path)
  const read = readWhole(path)
  if ('text' in read) return parseScenario(name, read.text, readBeside(path))
  const mistake = { file: name, line: 1, column: 1, message: `this file cannot be used: ${read.problem}` }
  return { mistakes: [{ ...mistake, expected: 'a scenario file' }] }
}

/** Links are followed first, so that none leads out of the folder. */
function readBeside(path: string): ReadText {
  const known = new Map<string, ReturnType<ReadText>>()
  const folder = realpathSync(dirname(path))
  let sum = 0
  const read: ReadText = (wanted) => {
    try {
      const real = realpathSync(join(folder, wanted))
      if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep))
        return { problem: 'it leaves the folder of the scenario' }
      if (lstatSync(real).size + sum > LARGEST_SUM)
        return { problem: `the files come to more than ${LARGEST_SUM} bytes` }
      const found = readWhole(real)
      if ('text' in found) sum += found.text.length
      return found
    } catch (error) {
      return { problem: inWords(error) }
    }
  }
  return (wanted) => {
    const found = known.get(wanted) ?? read(wanted)
    known.set(wanted, found)
    return found
  }
}

function readWhole(path: string): ReturnType<ReadText> {
  try {
    const { size, ...kind } = statOf(path)
    if (!kind.isFile) return { problem: 'it is not a file' }
    if (size > LARGEST_FILE) return { problem: `it has ${size} bytes; at most ${LARGEST_FILE} are read` }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) }
  } catch (error) {
    return { problem: inWords(error) }
  }
}

function statOf(path: string): { size: number; isFile: boolean } {
  const found = statSync(path)
  return { size: found.size, isFile: found.isFile() }
}

function inWords(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EACCES') return 'it may not be read'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text'
  return `it cannot be read (${code ?? 'unknown error'})`
}

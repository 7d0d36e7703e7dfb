import { line, plain } from '../text.ts'

const GUILLEMETS: Readonly<Record<string, string>> = { '<': '‹', '>': '›' }

/** CAP's texts are neither HTML nor hold entities, also where somebody typed what looks like them. */
function bare(text: string): string {
  return text.replace(/[<>]/g, (one) => GUILLEMETS[one]!).replace(/&(?=#?\w+;)/g, '& ')
}

export function capText(text: string): string {
  return bare(plain(text)).trim()
}

export function capLine(text: string, most: number): string {
  return bare(line(text, most - 10)).slice(0, most)
}

/** CAP's times name their offset, have no fraction and never a Z; -00:00 is UTC. */
export function capTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '-00:00')
}

export interface Document {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly lines: readonly string[]
  /** Text between single backticks, outside blocks of code. */
  readonly codes: readonly Found[]
  /** Lines inside blocks of code; a line that ends in a backslash is joined with the next. */
  readonly blockLines: readonly Found[]
  readonly links: readonly Found[]
  /** Fragments that GitHub gives to the headings. */
  readonly anchors: ReadonlySet<string>
}

export interface Found {
  /** From 1. */
  readonly line: number
  readonly text: string
}

export function readMarkdown(path: string, text: string): Document {
  const lines = text.split(/\r?\n/)
  const codes: Found[] = []
  const blockLines: Found[] = []
  const links: Found[] = []
  const headings: string[] = []
  let fence: string | null = null
  let open: Found | null = null
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null
      continue
    }
    if (fence !== null || (/^ {4}\S/.test(line) && isCodeByIndent(lines, index))) {
      const joined: Found = open
        ? { line: open.line, text: `${open.text} ${line.trim()}` }
        : { line: number, text: line }
      open = joined.text.endsWith('\\') ? { ...joined, text: joined.text.slice(0, -1).trimEnd() } : null
      if (!open) blockLines.push(joined)
      continue
    }
    for (const [, code] of line.matchAll(/`([^`]+)`/g)) codes.push({ line: number, text: code! })
    const bare = line.replace(/`[^`]*`/g, '')
    for (const [, target] of bare.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)) links.push({ line: number, text: target! })
    const target = /^\s*\[[^\]]+\]:\s*(\S+)/.exec(bare)?.[1]
    if (target) links.push({ line: number, text: target })
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1]
    if (heading) headings.push(heading)
  }
  return { path, lines, codes, blockLines, links, anchors: anchorsOf(headings) }
}

/** Four spaces make code only after a blank line or more code; otherwise they continue a list item. */
function isCodeByIndent(lines: readonly string[], index: number): boolean {
  for (let before = index - 1; before >= 0; before--) {
    const line = lines[before]!
    if (line.trim() === '') return !/^\s*([-*]|\d+\.)\s/.test(lastWithText(lines, before))
    if (!/^ {4}/.test(line)) return false
  }
  return true
}

function lastWithText(lines: readonly string[], from: number): string {
  for (let at = from; at >= 0; at--) if (lines[at]!.trim() !== '') return lines[at]!
  return ''
}

function anchorsOf(headings: readonly string[]): Set<string> {
  const anchors = new Set<string>()
  for (const heading of headings) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    let free = anchor
    for (let copy = 1; anchors.has(free); copy++) free = `${anchor}-${copy}`
    anchors.add(free)
  }
  return anchors
}

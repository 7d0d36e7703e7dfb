/** The candidate most like `word`: a third of its letters may differ, at most three; else undefined. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined
  const asked = word.toLowerCase()
  let most = Math.min(3, Math.ceil(asked.length / 3))
  let best: string | undefined
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - asked.length) > most) continue
    const found = edits(asked, candidate.toLowerCase())
    if (found > most || (found === most && best !== undefined)) continue
    best = candidate
    most = found
  }
  return best
}

/** Letters to insert, delete or replace, or neighbours to swap, to come from `a` to `b`. */
function edits(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/**
 * Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace, swap neighbours),
 * or `most + 1` as soon as it must be greater than `most`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    // A swap can reach back one row, so both rows must be past hope.
    if (least > most && Math.min(...last) > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length]!, most + 1)
}

/** Work that one reading may spend on suggestions (a look 1, a comparison 10); beyond it mistakes come without one. */
export interface Patience {
  left: number
}

export function patience(work = 2_000_000): Patience {
  return { left: work }
}

/** The candidate most like `word` (a third of it may differ, at most 3 letters), else one that continues it or that it continues. */
export function nearest(word: string, candidates: Iterable<string>, spend: Patience = patience()): string | undefined {
  const asked = slugLike(word)
  if (asked === '' || asked.length > 200) return undefined
  let most = Math.min(3, Math.floor(asked.length / 3))
  let best: string | undefined
  let continued: string | undefined
  for (const candidate of candidates) {
    if (spend.left <= 0) break
    spend.left -= 1
    const other = candidate.toLowerCase()
    if (other === asked) return candidate
    if (!continued && Math.min(asked.length, other.length) >= 4 && (other.startsWith(asked) || asked.startsWith(other)))
      continued = candidate
    if (Math.abs(other.length - asked.length) > most) continue
    spend.left -= 10
    const found = distance(asked, other, most)
    if (found > most || (found === most && best !== undefined)) continue
    best = candidate
    most = found
  }
  return best ?? continued
}

/** People write names where ids belong: `Corporate Network`, `corporate_network`. */
function slugLike(word: string): string {
  const lower = word.trim().toLowerCase()
  return /^[\p{L}\p{N}\s_/-]+$/u.test(lower) ? lower.replace(/[\s_]+/g, '-') : lower
}

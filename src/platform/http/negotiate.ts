export type Encoding = 'identity' | 'gzip' | 'br'

const BEST_FIRST: readonly Encoding[] = ['br', 'gzip', 'identity']
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/**
 * The coding that an Accept-Encoding field prefers among those that there are (RFC 9110, 12.5.3); at equal quality the
 * smallest. Where it takes none of them, identity: a readable page is better than a correct refusal.
 */
export function chooseEncoding(field: string | undefined, available: readonly Encoding[]): Encoding {
  if (field === undefined) return 'identity'
  const qualities = new Map<string, number>()
  for (const part of field.split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2)
    if (coding === '' || (quality !== undefined && !QUALITY.test(quality))) continue
    qualities.set(coding === 'x-gzip' ? 'gzip' : coding, quality === undefined ? 1 : Number(quality))
  }
  let best: Encoding = 'identity'
  let bestQuality = 0
  for (const coding of BEST_FIRST) {
    if (!available.includes(coding)) continue
    // Identity is always acceptable unless excluded, but last among what was asked for by name.
    const quality = qualities.get(coding) ?? qualities.get('*') ?? (coding === 'identity' ? 0.0001 : 0)
    if (quality > bestQuality) {
      best = coding
      bestQuality = quality
    }
  }
  return best
}

type Range = readonly [bits: string, length: number]

/** Networks that a public push service cannot be in: IANA's special-purpose registries. */
const CLOSED_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
/** Of IPv6 only global unicast is open, and not all of that. */
const OPEN_6: Range = ['001', 3]
const CLOSED_6: readonly Range[] = [
  [bits6([0x2001, 0]), 23],
  [bits6([0x2001, 0xdb8]), 32],
  [bits6([0x2002]), 16],
  [bits6([0x3fff]), 20],
]

/** Whether a numeric address belongs to the public internet. Anything that is not understood does not. */
export function isPublicAddress(address: string): boolean {
  const four = parse4(address)
  if (four !== null) return !CLOSED_4.some(([network, length]) => within(four, [parse4(network)!, length]))
  const groups = parse6(address)
  if (groups === null) return false
  const bits = bits6(groups)
  if (groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff) return isPublicAddress(dotted(groups))
  return within(bits, OPEN_6) && !CLOSED_6.some((range) => within(bits, range))
}

function within(bits: string, [network, length]: Range): boolean {
  return bits.startsWith(network.slice(0, length))
}

function parse4(text: string): string | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (!parts || parts.some((one) => one > 255)) return null
  return parts.map((one) => one.toString(2).padStart(8, '0')).join('')
}

function parse6(text: string): number[] | null {
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((one) => one.toString(16)).join(':'),
  )
  const halves = plain.split('::')
  if (halves.length > 2 || !/^[0-9a-fA-F:]+$/.test(plain)) return null
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head!.length - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return null
  const groups = [...head!, ...new Array<string>(tail ? missing : 0).fill('0'), ...(tail ?? [])]
  return groups.every((one) => /^[0-9a-fA-F]{1,4}$/.test(one)) ? groups.map((one) => Number.parseInt(one, 16)) : null
}

function bits6(groups: readonly number[]): string {
  return groups
    .map((one) => one.toString(2).padStart(16, '0'))
    .join('')
    .padEnd(128, '0')
}

function dotted(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((one) => [one >> 8, one & 255])
    .join('.')
}

import { isIPv4, isIPv6 } from 'node:net'

/** The network a caller came from, not the caller: IPv4 to /24, IPv6 to /48, anything else to `unknown`. */
export function maskAddress(address: string | undefined): string {
  const text = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(text)) return `${text.split('.').slice(0, 3).join('.')}.0/24`
  if (isIPv6(text)) return `${groupsOf(text).slice(0, 3).join(':')}::/48`
  return 'unknown'
}

/** The eight groups of an IPv6 address that `isIPv6` accepts, without leading zeros (RFC 4291, 2.2). */
export function groupsOf(address: string): string[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) => {
    const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16)
    return `${pair(a, b)}:${pair(c, d)}`
  })
  const [head = '', tail = ''] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::') ? new Array<string>(8 - before.length - after.length).fill('0') : []
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16).toString(16))
}

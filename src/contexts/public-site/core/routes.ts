import type { ContactRoute, RouteKind } from '#contexts/statements'

/** Where a browser may go for an address that a person typed; null where it had better go nowhere. */
export function hrefOf(kind: RouteKind, address: string): string | null {
  switch (kind) {
    case 'phone':
    case 'text': {
      const digits = address.replace(/[\s().-]/g, '')
      return /^\+?\d{3,15}$/.test(digits) ? `${kind === 'phone' ? 'tel' : 'sms'}:${digits}` : null
    }
    case 'email':
      return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(address) ? `mailto:${address}` : null
    case 'web': {
      const url = URL.parse(/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(address) ? `https://${address}` : address)
      return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null
    }
    default:
      return null
  }
}

const PURPOSES: readonly ContactRoute['purpose'][] = ['emergency', 'out-of-hours', 'general']

/** Emergencies first, then what works, each in the order in which it was set. What was erased is left out. */
export function inOrder(routes: readonly ContactRoute[]): ContactRoute[] {
  return routes
    .filter(({ address, name }) => address !== null || name !== null)
    .toSorted((a, b) => PURPOSES.indexOf(a.purpose) - PURPOSES.indexOf(b.purpose) || Number(b.works) - Number(a.works))
}

export function isEmergency({ purpose }: ContactRoute): boolean {
  return purpose !== 'general'
}

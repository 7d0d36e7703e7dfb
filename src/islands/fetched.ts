interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string }
}

// The one policy that the console's Content-Security-Policy allows. Nothing but `fetchPage` may put text through it.
const { trustedTypes } = globalThis as { trustedTypes?: Policies }
const policy = trustedTypes?.createPolicy('holdfast', { createHTML: (text) => text })

export type Fetched = { readonly page: Document } | 'signed-out' | 'failed'

/** A page of this console, parsed and not shown. Rejects only where the signal has aborted it. */
export async function fetchPage(address: string, init: RequestInit = {}): Promise<Fetched> {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) return 'failed'
  try {
    const answer = await fetch(url, { credentials: 'same-origin', ...init })
    if (answer.redirected) return new URL(answer.url).pathname === '/console/sign-in' ? 'signed-out' : 'failed'
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/html')) return 'failed'
    const text = await answer.text()
    return { page: new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html') }
  } catch (error) {
    if (init.signal?.aborted) throw error
    return 'failed'
  }
}

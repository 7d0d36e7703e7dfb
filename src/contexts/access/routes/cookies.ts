/** The session's cookie. Browsers take the prefix only over https, where it keeps other hosts from setting it. */
export function sessionCookie(url: string): string {
  return isHttps(url) ? '__Host-holdfast' : 'holdfast'
}

/** Binds forms to a browser that is not signed in yet. */
export function entryCookie(url: string): string {
  return `${sessionCookie(url)}-entry`
}

/** The whole value of `Set-Cookie`; an empty value takes the cookie away. */
export function setCookie(url: string, name: string, value: string): string {
  const secure = isHttps(url) ? '; Secure' : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${value === '' ? '; Max-Age=0' : ''}`
}

const isHttps = (url: string) => url.startsWith('https:')

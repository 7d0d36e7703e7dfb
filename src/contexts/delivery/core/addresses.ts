/** Good enough for a mail server to be asked; never more than one address, a name, or the end of a header. */
export function isEmailAddress(text: string): boolean {
  return (
    text.length <= 320 &&
    /^[^\s<>()[\]\\,;:"@\p{Cc}]+@[^\s<>()[\]\\,;:"@\p{Cc}]+\.[^\s<>()[\]\\,;:"@\p{Cc}.]+$/u.test(text)
  )
}

/** E.164, as in +447700900123. */
export function isTelephoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text)
}

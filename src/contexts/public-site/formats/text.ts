/**
 * Words as they may stand in any format: no control characters, no half characters, one kind of line end. Characters that
 * turn the direction of all that follows are left out too; marks that order a few letters stay.
 */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, '')
}

/** One line of at most `most` characters, cut between words where it can be. */
export function line(text: string, most: number): string {
  const whole = plain(text).replace(/\s+/gu, ' ').trim()
  const letters = [...whole]
  if (letters.length <= most) return whole
  const cut = letters.slice(0, most - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`
}

export function json(value: object): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? plain(one) : one))
}

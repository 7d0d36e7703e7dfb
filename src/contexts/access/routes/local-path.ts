const HOME = '/console'
const INSIDE = /^\/console(?:[/?#][\x21-\x5b\x5d-\x7e]*)?$/

/** Where to go on, if it is within the console; its start otherwise: a link must not lead through here to elsewhere. */
export function localPath(next: string | null): string {
  if (next === null || !INSIDE.test(next)) return HOME
  const { pathname, search } = new URL(next, 'https://here.invalid')
  return INSIDE.test(pathname + search) ? pathname + search : HOME
}

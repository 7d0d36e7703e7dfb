import type { Json } from '#kernel'

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/
const INDEX = /^(?:0|[1-9]\d{0,9})$/

/** RFC 6901: empty for the whole, else parts that each begin with /, in which ~1 stands for / and ~0 for ~. */
export function isPointer(text: string): boolean {
  return POINTER.test(text)
}

/** What a well-formed pointer points to; undefined where there is nothing. */
export function pointedTo(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(here)) here = INDEX.test(key) ? here[Number(key)] : undefined
    else if (here !== null && typeof here === 'object') here = Object.hasOwn(here, key) ? here[key] : undefined
    else return undefined
  }
  return here
}

/** The longest beginning of a pointer that leads somewhere, with the keys found there: so that a misspelt part shows. */
export function lastFooting(value: Json, pointer: string): { pointer: string; keys: readonly string[] } {
  const parts = pointer.split('/')
  while (parts.length > 1) {
    parts.pop()
    const found = pointedTo(value, parts.join('/'))
    if (found !== undefined)
      return {
        pointer: parts.join('/'),
        keys: found !== null && typeof found === 'object' ? Object.keys(found) : [],
      }
  }
  return { pointer: '', keys: [] }
}

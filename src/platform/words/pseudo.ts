import { mapForms, PLACEHOLDER, type Text } from './text.ts'

const PLAIN = 'ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz'
const ACCENTED = 'ÁĆĎÉĞĤÍĴĶĹŃÓŔŚŤÚŴÝŹáćďéğĥíĵķĺńóŕśťúŵýź'

/** The same text, still readable, and not to be taken for English: every letter that has an accented twin is that twin. */
export function pseudo(text: Text): Text {
  return mapForms(text, (form) =>
    form
      .split(PLACEHOLDER)
      .map((part, position) => (position % 2 === 1 ? `{${part}}` : accented(part)))
      .join(''),
  )
}

function accented(text: string): string {
  return [...text].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter).join('')
}

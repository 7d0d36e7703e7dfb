import { plain } from './text.ts'

/** Markup that only `element` makes. */
export interface Xml {
  readonly markup: string
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escaped(text: string): string {
  return plain(text).replace(/[&<>"]/g, (one) => ENTITIES[one]!)
}

/** An element; text in it is escaped, and what is null is not there. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Xml | string | null)[]
): Xml {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value).replace(/\s+/g, ' ')}"`)
  const inside = children.map((one) => (one === null ? '' : typeof one === 'string' ? escaped(one) : one.markup))
  const open = `<${name}${written.join('')}`
  return { markup: inside.length === 0 ? `${open}/>` : `${open}>${inside.join('')}</${name}>` }
}

export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`
}

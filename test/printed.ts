import { inflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** What stands on each sheet of A4 that a browser's print command makes: its letters in the order of painting, without blanks. */
export async function printedSheets(page: Page): Promise<string[]> {
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
  const objects = new Map([...pdf.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]))
  const follow = (body: string, key: string) => {
    const id = new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1]
    return id === undefined ? '' : (objects.get(id) ?? '')
  }
  const root = [...objects.values()].find((body) => /\/Type \/Catalog\b/.test(body))!
  return leaves(follow(root, 'Pages'), objects).map((sheet) => {
    const resources = /\/Resources \d/.test(sheet) ? follow(sheet, 'Resources') : sheet
    const named = /\/Font (?:<<([\s\S]*?)>>|(\d+) 0 R)/.exec(resources)
    const fonts = named?.[1] ?? objects.get(named?.[2] ?? '') ?? ''
    const letters = new Map(
      [...fonts.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [
        name!,
        lettersOf(streamOf(follow(objects.get(id!)!, 'ToUnicode'))),
      ]),
    )
    return read(streamOf(follow(sheet, 'Contents')), letters)
  })
}

/** The sheets of a tree of them, in order. */
function leaves(body: string, objects: ReadonlyMap<string, string>): string[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(body)?.[1]
  if (kids === undefined) return [body]
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, id]) => leaves(objects.get(id!)!, objects))
}

function streamOf(body: string): string {
  const begin = body.indexOf('stream\n') + 7
  const bytes = Buffer.from(body.slice(begin, body.lastIndexOf('\nendstream')), 'latin1')
  return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

/** PDF 1.7 (ISO 32000-1), 9.10.3: what the codes of a font stand for. */
function lettersOf(map: string): Map<string, string> {
  const found = new Map<string, string>()
  const text = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, lines] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, code, to] of lines!.matchAll(/<(\w+)> <(\w+)>/g)) found.set(code!.toUpperCase(), text(to!))
  for (const [, lines] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, first, last, to] of lines!.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let code = Number.parseInt(first!, 16), i = 0; code + i <= Number.parseInt(last!, 16); i++) {
        const key = (code + i).toString(16).toUpperCase().padStart(first!.length, '0')
        found.set(key, text((Number.parseInt(to!, 16) + i).toString(16).padStart(to!.length, '0')))
      }
  return found
}

function read(content: string, fonts: ReadonlyMap<string, Map<string, string>>): string {
  let font = new Map<string, string>()
  let said = ''
  for (const [, name, codes] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([\dA-Fa-f]+)>/g)) {
    if (name !== undefined) font = fonts.get(name)!
    else for (const code of codes!.match(/.{4}/g) ?? []) said += font.get(code.toUpperCase()) ?? ''
  }
  return squeezed(said)
}

/** Ligatures as letters, and no blanks: lines break where they will. */
export function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}

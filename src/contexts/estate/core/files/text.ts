import type { Mistakes } from './mistake.ts'

export interface EstateFile {
  /** As people know it: shown in every message; `.csv` at its end means CSV, anything else YAML. */
  readonly name: string
  readonly text: string | Uint8Array
}

/** The text of a file without byte order mark, or null with a mistake added: not UTF-8, a workbook, or control characters. */
export function readText(file: EstateFile, mistakes: Mistakes): string | null {
  const text = typeof file.text === 'string' ? file.text : decode(file.name, file.text, mistakes)
  if (text === null) return null
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const odd = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/u.exec(plain)
  if (!odd) return plain
  const code = odd[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  mistakes.add(placeAt(file.name, plain, odd.index), {
    message:
      code === '0000' ? 'the file holds a NUL byte, so it is not text' : `the file holds the character U+${code}`,
    expected: 'text without control characters',
  })
  return null
}

function decode(name: string, bytes: Uint8Array, mistakes: Mistakes): string | null {
  const start = { file: name, line: 1, column: 1 }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2]! < 9) {
    mistakes.add(start, { message: 'this is a spreadsheet or an archive, not text', expected: 'it saved as CSV UTF-8' })
    return null
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    mistakes.add(start, { message: 'the file is saved as UTF-16', expected: 'it saved as UTF-8' })
    return null
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const at = firstBadByte(bytes)
    const before = new TextDecoder().decode(bytes.subarray(0, at))
    const byte = bytes[at]!.toString(16).toUpperCase().padStart(2, '0')
    mistakes.add(placeAt(name, before, before.length), {
      message: `the file is not UTF-8: byte ${at} is 0x${byte}`,
      expected: 'it saved as UTF-8',
    })
    return null
  }
}

/** Offset of the first byte that begins no whole UTF-8 character (RFC 3629). */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  // Bisecting needs only the decoder: a prefix is bad when it fails even as the beginning of a longer text.
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBeginning(bytes.subarray(0, middle + 1))) low = middle + 1
    else high = middle
  }
  let at = Math.min(low, bytes.length - 1)
  while (at > 0 && !isBeginning(bytes.subarray(0, at), false)) at -= 1
  return at
}

function isBeginning(bytes: Uint8Array, stream = true): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}

function placeAt(file: string, text: string, offset: number) {
  const before = text.slice(0, offset)
  const line = before.split(/\r\n|\r|\n/).length
  return { file, line, column: offset - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) }
}

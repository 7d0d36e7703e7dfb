import { promisify } from 'node:util'
import { brotliCompress, constants, crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { stylesheet } from '#platform/views'

const LEVEL = 6
const brotlied = promisify(brotliCompress)
const STYLE = Buffer.from(stylesheet.text.toString())
/** Ends on a whole byte and refers to nothing before it, so that it can stand between the parts of any page. */
const STYLE_DEFLATED = deflateRawSync(STYLE, { level: 9, finishFlush: constants.Z_FULL_FLUSH })
/** RFC 1952: deflate, no flags, no time, made on an unknown system. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
const WINDOW = 32_768
const LONGEST_STORED = 65_535

/**
 * Two thirds of a page are its styles, the same in all pages: they are compressed once, and each page's own words around
 * them, which may still refer back to them. A quarter of the time that gzip takes for the whole.
 */
export function gzipped(page: Buffer): Buffer {
  const from = page.indexOf(STYLE)
  if (from === -1) return gzipSync(page, { level: LEVEL })
  const to = from + STYLE.length
  const end = Buffer.alloc(8)
  end.writeUInt32LE(crc32(page), 0)
  end.writeUInt32LE(page.length, 4)
  const dictionary = page.subarray(Math.max(0, to - WINDOW), to)
  return Buffer.concat([
    HEAD,
    ...stored(page.subarray(0, from)),
    STYLE_DEFLATED,
    deflateRawSync(page.subarray(to), { level: LEVEL, dictionary }),
    end,
  ])
}

/** RFC 1951, 3.2.4: what stands before the styles is too short to be worth compressing. */
function stored(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += LONGEST_STORED) {
    const block = bytes.subarray(at, at + LONGEST_STORED)
    const head = Buffer.alloc(5)
    head.writeUInt16LE(block.length, 1)
    head.writeUInt16LE(~block.length & 0xffff, 3)
    blocks.push(head, block)
  }
  return blocks
}

/** On the thread pool. */
export function brotli(text: Buffer): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  }
  return brotlied(text, { params })
}

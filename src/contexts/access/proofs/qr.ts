import QRCode from 'qrcode'
import { type SafeHtml, trusted } from '#platform/views'

/** A QR code as an SVG picture inside the page, which stands beside the same words as text. */
export async function qrSvg(text: string, label: string): Promise<SafeHtml> {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (modules.get(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`
  const side = size + 8
  return trusted(
    `<svg class="hf-qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" width="${side * 5}" height="${side * 5}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`,
  )
}

import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export interface Stored {
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
}

export interface FakeBucket {
  readonly endpoint: string
  readonly objects: ReadonlyMap<string, Stored>
  /** Every change in order: `PUT key` and `DELETE key`. */
  readonly changes: readonly string[]
  /** Requests whose signature was not what AWS Signature Version 4 asks for. */
  readonly refused: readonly string[]
  /** What happens to the next requests, one word each; then all goes well. */
  readonly troubles: ('500' | '503' | '403' | 'slow' | 'lost' | 'none')[]
}

/** An S3-compatible store on loopback that checks each signature for itself and stores nothing that is not well signed. */
export async function fakeBucket(t: TestContext, key: string, secret: string): Promise<FakeBucket> {
  const objects = new Map<string, Stored>()
  const changes: string[] = []
  const refused: string[] = []
  const troubles: FakeBucket['troubles'] = []
  const server = createServer(async (request, response) => {
    const bytes = Buffer.concat(await request.toArray())
    const path = request.url!.slice(1)
    if (!wellSigned(request, bytes, key, secret)) {
      refused.push(`${request.method} ${path}`)
      return response.writeHead(403).end('SignatureDoesNotMatch')
    }
    const trouble = troubles.shift()
    if (trouble === 'lost') return request.socket.destroy()
    if (trouble === 'slow') await new Promise((resolve) => setTimeout(resolve, 2000))
    else if (trouble && trouble !== 'none') return response.writeHead(Number(trouble)).end('<Error/>')
    if (request.method === 'PUT') {
      objects.set(path, { bytes, headers: request.headers as Record<string, string> })
      changes.push(`PUT ${path}`)
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(path)
      changes.push(`DELETE ${path}`)
      return response.writeHead(204).end()
    }
    const found = objects.get(path)
    return found ? response.writeHead(200).end(found.bytes) : response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { endpoint, objects, changes, refused, troubles }
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (secret: string | Buffer, data: string) => createHmac('sha256', secret).update(data).digest()

/** Signature Version 4 as Amazon describes it, step by step. */
function wellSigned({ method, url, headers }: IncomingMessage, body: Buffer, key: string, secret: string): boolean {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!found) return false
  const [, by, day, region, names, signature] = found as unknown as string[]
  const signed = names!.split(';')
  if (by !== key || !['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => signed.includes(name))) return false
  if (headers['x-amz-content-sha256'] !== sha256(body)) return false
  const canonical = [
    method,
    url!.split('?')[0],
    url!.split('?')[1] ?? '',
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${secret}`, day!), region!), 's3'), 'aws4_request')
  return hmac(signing, text).toString('hex') === signature
}

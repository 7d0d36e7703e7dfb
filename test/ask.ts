import http from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails where it is not there
  json(): any
}

interface Asked {
  readonly token?: string
  readonly key?: string
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: http.OutgoingHttpHeaders
  readonly millis?: number
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

/** One request to a server on this machine. Rejects where the connection fails or nothing comes in time. */
export function ask(port: number, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { token, key, body, millis = 20_000 } = asked
  const payload = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(key ? { 'idempotency-key': key } : {}),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    ...asked.headers,
  }
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode!, headers: response.headers, text, json: () => JSON.parse(text) })
      })
    })
    request.setTimeout(millis, () => request.destroy(new Error(`no answer to ${method} ${path} in ${millis} ms`)))
    request.on('error', reject)
    request.end(payload)
  })
}

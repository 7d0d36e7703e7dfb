import { createServer } from 'node:http'

/** `node bench/bare-server.ts PORT URL`: node:http and nothing else, with the bytes and headers that URL answers. */
const [port, url] = process.argv.slice(2)
const response = await fetch(url!, { headers: { 'accept-encoding': 'identity' } })
const { gzipSync } = await import('node:zlib')
const body = gzipSync(Buffer.from(await response.arrayBuffer()), { level: 6 })
const headers: string[] = []
for (const [name, value] of response.headers)
  if (!['content-length', 'date', 'connection', 'keep-alive', 'content-encoding'].includes(name))
    headers.push(name, value)
headers.push('content-encoding', 'gzip', 'content-length', String(body.length))

createServer((_request, answer) => {
  answer.writeHead(200, headers)
  answer.end(body)
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))

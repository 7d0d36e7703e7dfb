import type { Socket } from 'node:net'
import { type Problem, problem } from './problem.ts'
import { type HeaderPairs, securityHeaders } from './security-headers.ts'

/** Answers what never became a request: broken HTTP, headers too large or too slow. */
export function createClientErrorHandler(publicUrl: string) {
  const headers: HeaderPairs = securityHeaders(publicUrl)
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy()
      return
    }
    const answer = problemFor(error.code)
    const body = JSON.stringify(answer)
    const lines = [
      `HTTP/1.1 ${answer.status} ${answer.title}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
    ]
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
  }
}

function problemFor(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return problem('headers-too-large', 'Send fewer or shorter headers: 16 KB in all.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return problem('request-timeout', 'Send the whole request without long pauses.')
  return problem('malformed-request', 'This is not HTTP/1.1 as RFC 9112 describes it.')
}

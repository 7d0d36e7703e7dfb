import { connect } from 'node:net'

/** `node bench/load.ts PORT PATH SECONDS CONNECTIONS`: keep-alive requests from a process of its own; prints requests a second. */
const [port, path, seconds, connections] = process.argv.slice(2)
const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n`
const end = performance.now() + Number(seconds) * 1000
let done = 0

function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    let length = -1
    let got = 0
    socket.on('error', reject)
    socket.on('connect', () => socket.write(request))
    socket.on('data', (chunk) => {
      got += chunk.length
      if (length < 0) {
        const text = chunk.toString('latin1')
        const head = text.indexOf('\r\n\r\n')
        const size = /content-length: (\d+)/i.exec(text)
        if (head < 0 || !size || !text.startsWith('HTTP/1.1 200'))
          return reject(new Error(`not what was asked for: ${text.slice(0, 200)}`))
        length = head + 4 + Number(size[1])
      }
      if (got < length) return
      done++
      got = 0
      if (performance.now() < end) socket.write(request)
      else {
        socket.end()
        resolve()
      }
    })
  })
}

const began = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, open))
process.stdout.write(String(done / ((performance.now() - began) / 1000)))

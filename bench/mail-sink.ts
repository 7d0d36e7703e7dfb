import { SMTPServer } from 'smtp-server'

/** `node bench/mail-sink.ts PORT`: takes every mail and forgets it. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', () => done())
  },
})
server.on('error', () => {})
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('listening\n'))

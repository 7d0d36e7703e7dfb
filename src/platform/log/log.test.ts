import assert from 'node:assert/strict'
import { isIPv6 } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLog, groupsOf, maskAddress } from './index.ts'

function collecting() {
  const lines: Record<string, unknown>[] = []
  return {
    lines,
    log: createLog({ level: 'debug', destination: { write: (text) => void lines.push(JSON.parse(text)) } }),
  }
}

test('a line carries its event, level and an ISO time, and nothing about the machine', () => {
  const { lines, log } = collecting()
  log.warn({ event: 'disk-low', free: 12 })
  const { time, ...rest } = lines[0]!
  assert.deepEqual(rest, { level: 'warn', event: 'disk-low', free: 12 })
  assert.match(String(time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
})

test('a request that is logged by mistake leaves no trace of its sender', () => {
  const { lines, log } = collecting()
  const request = {
    headers: { authorization: 'SECRET' },
    body: 'SECRET',
    query: { q: 'SECRET' },
    ip: 'SECRET',
    url: 'SECRET',
  }
  const own: { self?: object; secret: string } = { secret: 'SECRET' }
  own.self = own
  log.info({ event: 'circle', own })
  log.info({ event: 'request', ...request, request, list: [request], Authorization: 'SECRET' })
  assert.doesNotMatch(JSON.stringify(lines), /SECRET/)
})

test('an error is told by name, code and place; what a parser or the database quotes is left out', () => {
  const { lines, log } = collecting()
  let quoted: unknown
  try {
    JSON.parse('{"name": SECRET}')
  } catch (error) {
    quoted = error
  }
  log.error({ event: 'failed', error: quoted })
  log.error({
    event: 'failed',
    error: Object.assign(new Error('invalid text "SECRET"'), { severity: 'ERROR', code: '22P02' }),
  })
  log.error({ event: 'failed', error: new TypeError('the model is not kept') })
  log.error({ event: 'failed', error: 'SECRET' })
  assert.doesNotMatch(JSON.stringify(lines), /SECRET/)
  const [, database, own] = lines.map((line) => line.error as { code?: string; message?: string; at: string[] })
  assert.equal(database!.code, '22P02')
  assert.equal(own!.message, 'the model is not kept')
  assert.match(own!.at[0]!, /log\.test\.ts/)
})

test('an address is logged as its network', () => {
  assert.equal(maskAddress('192.0.2.77'), '192.0.2.0/24')
  assert.equal(maskAddress('::ffff:192.0.2.77'), '192.0.2.0/24')
  assert.equal(maskAddress('2001:db8:12:3456::9'), '2001:db8:12::/48')
  assert.equal(maskAddress('::1'), '0:0:0::/48')
  assert.equal(maskAddress('fe80::1%eth0'), 'fe80:0:0::/48')
  assert.equal(maskAddress(undefined), 'unknown')
})

test('every IPv6 address has the eight groups that the URL standard reads in it', () => {
  fc.assert(
    fc.property(
      fc.ipV6().filter((address) => isIPv6(address)),
      (address) => {
        const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
        assert.deepEqual(groupsOf(canonical), groupsOf(address))
        assert.equal(groupsOf(address).length, 8)
      },
    ),
  )
})

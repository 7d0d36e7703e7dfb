import assert from 'node:assert/strict'
import { BlockList, isIPv4 } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { isPublicAddress } from './public-address.ts'

test('what is private, of this machine or of nobody is not public, in every spelling', () => {
  for (const bad of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1::2::3',
    'fe80::1%eth0',
  ])
    assert.equal(isPublicAddress(bad), false, bad)
  for (const good of ['8.8.8.8', '172.32.0.1', '2a00:1450:4009:80b::200e', '::ffff:8.8.8.8', '2606:4700::1'])
    assert.equal(isPublicAddress(good), true, good)
})

test('for any address the answer is that of Node’s own list of networks', () => {
  const closed = new BlockList()
  const fours = '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24'
  const more = '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3'
  for (const one of `${fours} ${more}`.split(' '))
    closed.addSubnet(one.split('/')[0]!, Number(one.split('/')[1]), 'ipv4')
  for (const one of '2001::/23 2001:db8::/32 2002::/16 3fff::/20'.split(' '))
    closed.addSubnet(one.split('/')[0]!, Number(one.split('/')[1]), 'ipv6')
  const open = new BlockList()
  open.addSubnet('2000::', 3, 'ipv6')
  const near = fc
    .constantFrom(10, 100, 127, 169, 172, 192, 198, 203)
    .chain((first) =>
      fc.tuple(fc.constant(first), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.')),
    )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        near,
        fc.ipV6(),
        fc.nat(0xffff).map((n) => `${(0x2000 + (n % 0x2000)).toString(16)}:${(n % 700).toString(16)}::1`),
      ),
      (address) => {
        const expected = isIPv4(address)
          ? !closed.check(address, 'ipv4')
          : open.check(address, 'ipv6') && !closed.check(address, 'ipv6')
        const mapped = /^(0:){5}ffff:|^::ffff:/i.test(address)
        if (!mapped) assert.equal(isPublicAddress(address), expected, address)
      },
    ),
    { numRuns: 2000 },
  )
})

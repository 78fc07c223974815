import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clientIpReader, type ClientIpOptions } from './client-ip.ts';

const CASES: [title: string, options: ClientIpOptions, remote: string, header: string, expected: string | undefined][] =
  [
    ['believes nobody by default', {}, '10.0.0.1', '192.0.2.1', '10.0.0.1'],
    ['shows an IPv4-mapped address as IPv4', {}, '::ffff:10.0.0.1', '', '10.0.0.1'],
    ['shows a mapped address in hexadecimal as IPv4', {}, '::ffff:c000:0201', '', '192.0.2.1'],
    ['drops the zone of a link-local address', {}, 'fe80::1%eth0', '', 'fe80::1'],
    ['has one spelling of IPv6', {}, '2001:DB8:0:0::1', '', '2001:db8::1'],
    ['has no address of a broken connection', {}, '', '192.0.2.1', undefined],
    ['takes one hop from the right', { trustProxy: 1 }, '10.0.0.1', '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['takes two hops', { trustProxy: 2 }, '10.0.0.1', '6.6.6.6, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['has no further to go than the header', { trustProxy: 5 }, '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['takes zero hops as none', { trustProxy: 0 }, '10.0.0.1', '192.0.2.1', '10.0.0.1'],
    [
      'believes a listed range',
      { trustProxy: ['10.0.0.0/8'] },
      '10.0.0.1',
      '6.6.6.6, 192.0.2.1, 10.9.9.9',
      '192.0.2.1',
    ],
    [
      'believes a listed address through IPv4-mapped',
      { trustProxy: ['10.0.0.1'] },
      '::ffff:10.0.0.1',
      '192.0.2.1',
      '192.0.2.1',
    ],
    ['believes a listed IPv6 range', { trustProxy: ['fd00::/8'] }, 'fd00::1', '192.0.2.1', '192.0.2.1'],
    ['does not believe who is not listed', { trustProxy: ['10.0.0.0/8'] }, '192.0.2.9', '6.6.6.6', '192.0.2.9'],
    [
      'asks a function',
      { trustProxy: (address, hop) => address === '10.0.0.1' && hop === 0 },
      '10.0.0.1',
      '6.6.6.6, 192.0.2.1',
      '192.0.2.1',
    ],
    ['stops at garbage', { trustProxy: 3 }, '10.0.0.1', '6.6.6.6, <script>, 192.0.2.1', '192.0.2.1'],
    ['stops at an empty entry', { trustProxy: 3 }, '10.0.0.1', '6.6.6.6,,', '10.0.0.1'],
    ['takes an address with a port', { trustProxy: 1 }, '10.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
    ['takes a bracketed address with a port', { trustProxy: 1 }, '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['truncates IPv4', { anonymizeIp: 'truncate' }, '192.0.2.77', '', '192.0.2.0'],
    ['truncates IPv6', { anonymizeIp: 'truncate' }, '2001:db8:1:2:3:4:5:6', '', '2001:db8:1::'],
    ['truncates compressed IPv6', { anonymizeIp: 'truncate' }, '2001::5:6', '', '2001::'],
    ['truncates loopback', { anonymizeIp: 'truncate' }, '::1', '', '::'],
  ];

it.each(CASES)('%s', (_, options, remote, header, expected) => {
  expect(clientIpReader(options)(remote, { 'x-forwarded-for': header })).toBe(expected);
});

it.each([
  ['for=192.0.2.1', '192.0.2.1'],
  ['for=6.6.6.6, For="[2001:db8::1]:4711";proto=https;by=10.0.0.1', '2001:db8::1'],
  ['for=6.6.6.6;host="a,for=7.7.7.7", proto=https;for=192.0.2.1', '192.0.2.1'],
  ['for=_hidden', '10.0.0.1'],
  ['for=unknown', '10.0.0.1'],
  ['proto=https', '10.0.0.1'],
  ['for="', '10.0.0.1'],
  ['for="6.6.6.6, for=192.0.2.1', '192.0.2.1'],
])('reads Forwarded: %s', (forwarded, expected) => {
  const read = clientIpReader({ trustProxy: 1, proxyHeader: 'forwarded' });
  expect(read('10.0.0.1', { forwarded, 'x-forwarded-for': '6.6.6.6' })).toBe(expected);
});

it.each(['10.0.0.0/33', '10.0.0.0/8/8', 'example.com', '', '10.0.0.0/', 'fd00::/129'])(
  'says at the start that "%s" is no range',
  (range) => {
    expect(() => clientIpReader({ trustProxy: [range] })).toThrow(`"${range}" is neither an address nor a range`);
  },
);

it('does not take true, which would believe anyone', () => {
  expect(() => clientIpReader({ trustProxy: true as unknown as false })).toThrow('to believe all is to believe anyone');
});

it('never lets what a client writes on the left win over what the trusted proxy wrote', () => {
  const read = clientIpReader({ trustProxy: ['10.0.0.0/8'] });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.ipV4(), (spoofed, client) => {
      fc.pre(!client.startsWith('10.'));
      expect(read('10.0.0.1', { 'x-forwarded-for': `${spoofed}, ${client}, 10.0.0.2` })).toBe(client);
    }),
  );
});

import { expect, test } from 'vitest';
import { parseAddress, parseBlock, showAddress } from './address.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['1:2:3:4:5:6:0:8', '1:2:3:4:5:6:0:8'],
  ['fe80::', 'fe80::'],
])('%s is shown as %s', (text, shown) => {
  expect(showAddress(parseAddress(text)!)).toBe(shown);
});

test.each(['x', '', '1', '256.0.0.1', '1.2.3', 'fe80::1%eth0', '1::2::3'])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each([
  ['10.1.2.3/8', '10.0.0.0', '10.255.255.255'],
  ['10.1.2.3/32', '10.1.2.3', '10.1.2.3'],
  ['10.1.2.3/20', '10.1.0.0', '10.1.15.255'],
  ['2001:db8::/33', '2001:db8::', '2001:db8:7fff:ffff:ffff:ffff:ffff:ffff'],
  ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
])('%s goes from %s to %s', (block, first, last) => {
  const found = parseBlock(block)!;
  expect([showAddress(found.first), showAddress(found.last)]).toEqual([first, last]);
});

test.each(['10.0.0.0/33', '10.0.0.0', '10.0.0.0/-1', 'x/8', '::/129'])('%j is no block', (text) => {
  expect(parseBlock(text)).toBeUndefined();
});

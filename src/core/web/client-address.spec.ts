import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { addressBucket, clientAddress, isNetwork, Networks } from './client-address.js';

const NONE = new Networks([]);
const PROXIES = new Networks(['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.7']);
const PROXY = '10.1.2.3';

function refusal(of: () => string): unknown {
  try {
    return of();
  } catch (error) {
    return DomainError.is(error) ? error.code : error;
  }
}

describe('networks', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.7', '::ffff:192.0.2.7', true],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.99/24', '192.0.2.1', true],
    ['::ffff:192.0.2.0/120', '192.0.2.1', true],
    ['::ffff:192.0.2.0/120', '192.0.3.1', false],
    ['::ffff:192.0.2.7', '192.0.2.7', true],
    ['2001:db8::/32', '2001:DB8:0:0::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '192.0.2.7', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['0.0.0.0/0', 'nonsense', false],
  ])('%s has %s: %s', (network, address, expected) => {
    expect(new Networks([network]).has(address)).toBe(expected);
  });

  it.each([
    '10',
    '10/8',
    '10.0/8',
    '0x7f.1',
    '0177.0.0.1',
    '10.0.0.0/33',
    '::/129',
    '',
    '/8',
    'example.test',
    '1.2.3.4/8/8',
  ])('are not written as "%s"', (text) => {
    expect(isNetwork(text)).toBe(false);
  });

  it.each(['10.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32', '::ffff:192.0.2.0/120', '0.0.0.0/0'])(
    'may be written as %s',
    (text) => {
      expect(isNetwork(text)).toBe(true);
    },
  );
});

describe('the address of a client', () => {
  it('is that of the connection, in its canonical spelling', () => {
    expect(clientAddress('192.0.2.1', undefined, NONE)).toBe('192.0.2.1');
    expect(clientAddress('::ffff:192.0.2.1', undefined, NONE)).toBe('192.0.2.1');
    expect(clientAddress('2001:DB8:0:0:0:0:0:1', undefined, NONE)).toBe('2001:db8::1');
    expect(clientAddress('fe80::1%eth0', undefined, NONE)).toBe('fe80::1');
  });

  it('attack 32: is not what a client without a trusted proxy claims', () => {
    expect(clientAddress('192.0.2.1', '198.51.100.9', NONE)).toBe('192.0.2.1');
    expect(clientAddress('192.0.2.1', '198.51.100.9', PROXIES)).toBe('192.0.2.1');
    expect(clientAddress('192.0.2.1', 'x'.repeat(10_000), PROXIES)).toBe('192.0.2.1');
  });

  it('is the last one that no trusted proxy has', () => {
    expect(clientAddress(PROXY, '198.51.100.9', PROXIES)).toBe('198.51.100.9');
    expect(clientAddress(PROXY, '198.51.100.9, 10.9.9.9', PROXIES)).toBe('198.51.100.9');
    expect(clientAddress(PROXY, '198.51.100.9 , 192.0.2.7,10.9.9.9', PROXIES)).toBe('198.51.100.9');
    expect(clientAddress('::ffff:10.1.2.3', '198.51.100.9', PROXIES)).toBe('198.51.100.9');
    expect(clientAddress(PROXY, ['203.0.113.5', '198.51.100.9'], PROXIES)).toBe('198.51.100.9');
  });

  it('is the farthest proxy when all are trusted', () => {
    expect(clientAddress(PROXY, '10.0.0.5, 10.0.0.6', PROXIES)).toBe('10.0.0.5');
  });

  it('may be followed by a port', () => {
    expect(clientAddress(PROXY, '198.51.100.9:49152', PROXIES)).toBe('198.51.100.9');
    expect(clientAddress(PROXY, '[2001:db8::1]:49152', PROXIES)).toBe('2001:db8::1');
    expect(clientAddress(PROXY, '[2001:db8::1]', PROXIES)).toBe('2001:db8::1');
    expect(clientAddress(PROXY, '2001:db8::1', PROXIES)).toBe('2001:db8::1');
  });

  it('attack 32: cannot be chosen by writing entries in front', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.ipV4(), (spoofed, real) => {
        fc.pre(!PROXIES.has(real));
        expect(clientAddress(PROXY, `${spoofed},${real}`, PROXIES)).toBe(real);
      }),
    );
  });

  it('attack 33: is refused when a trusted proxy forwards no address', () => {
    for (const header of [
      'a',
      '',
      ' ',
      ',',
      '198.51.100.9,',
      'unknown',
      '1',
      '0x7f.1',
      '127.1',
      '1.2.3.4.5',
      '::g',
      '[::1',
      '%',
      '\0',
    ]) {
      expect([header, refusal(() => clientAddress(PROXY, header, PROXIES))]).toEqual([
        header,
        'client-address-unreadable',
      ]);
    }
    expect(refusal(() => clientAddress(PROXY, [], PROXIES))).toBe('client-address-unreadable');
  });

  it('attack 33: is refused when the header has 10 kB', () => {
    const header = `${'198.51.100.9, '.repeat(800)}198.51.100.9`;
    expect(refusal(() => clientAddress(PROXY, header, PROXIES))).toBe('client-address-unreadable');
  });

  it('attack 32: is refused when the connection has none', () => {
    expect(refusal(() => clientAddress(undefined, '198.51.100.9', PROXIES))).toBe('client-address-unreadable');
    expect(refusal(() => clientAddress('', undefined, NONE))).toBe('client-address-unreadable');
  });

  it('attack 33: is an address or a refusal, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcf.:,[]% ')) }),
        ),
        (header) => {
          const result = refusal(() => clientAddress(PROXY, header, PROXIES));
          expect(result === 'client-address-unreadable' || isNetwork(String(result))).toBe(true);
        },
      ),
    );
  });
});

describe('the bucket of an address', () => {
  it('attack 32: is the same for every spelling of an address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (spelling) => {
        const address = clientAddress(spelling, undefined, NONE);
        const loud = clientAddress(spelling.toUpperCase(), undefined, NONE);
        expect(loud).toBe(address);
        expect(addressBucket(loud)).toBe(addressBucket(address));
        expect(addressBucket(spelling)).toBe(addressBucket(address));
      }),
    );
  });

  it('attack 32: is the /64 of an IPv6 address', () => {
    expect(addressBucket('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressBucket('2001:db8:1:2:ffff::')).toBe('2001:db8:1:2::/64');
    expect(addressBucket('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  });

  it('is the address itself for IPv4, also when it is mapped', () => {
    expect(addressBucket('192.0.2.1')).toBe('192.0.2.1');
    expect(addressBucket('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(addressBucket('::ffff:c000:201')).toBe('192.0.2.1');
  });
});

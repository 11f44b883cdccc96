import ipaddr from 'ipaddr.js';
import { DomainError } from '../errors/domain-error.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const LONGEST_HEADER = 2_000;

/** A set of addresses and CIDR blocks. */
export class Networks {
  private readonly blocks: readonly [Address, number][];

  constructor(entries: readonly string[]) {
    this.blocks = entries.map((entry) => {
      const [address, bits] = entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.parse(entry), undefined];
      const plain = unmapped(address);
      const full = plain.kind() === 'ipv4' ? 32 : 128;
      // A block of mapped addresses (::ffff:192.0.2.0/120) counts its bits from the IPv6 form.
      const length = bits === undefined ? full : plain === address ? bits : Math.max(0, bits - 96);
      return [plain, length];
    });
  }

  get empty(): boolean {
    return this.blocks.length === 0;
  }

  /** Whether `address` lies in one of the blocks; an IPv4 address written as IPv6 counts as IPv4. */
  has(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return this.blocks.some(([block, bits]) => block.kind() === parsed.kind() && parsed.match(block, bits));
  }
}

/**
 * The address of the client, in its canonical spelling.
 *
 * `X-Forwarded-For` is read from the right, and only as long as the hop that wrote the entry is a trusted proxy; a
 * client cannot choose its own address (attack class 32).
 *
 * @throws DomainError `client-address-unreadable` when a trusted proxy forwards something that is no address, or the
 *   connection has none: refused, never treated as "no address, no limit" (attack class 33)
 */
export function clientAddress(
  connection: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trustedProxies: Networks,
): string {
  let address = canonical(connection);
  const header = Array.isArray(forwardedFor) ? forwardedFor.join(',') : ((forwardedFor as string | undefined) ?? '');
  if (trustedProxies.empty || !trustedProxies.has(address) || header === '') return address;
  if (header.length > LONGEST_HEADER) throw unreadable();
  for (const hop of header.split(',').reverse()) {
    address = canonical(hop.trim());
    if (!trustedProxies.has(address)) break;
  }
  return address;
}

/**
 * What counters are kept under: the address itself for IPv4, its /64 for IPv6, since one household or one attacker
 * holds a whole /64 (attack class 32).
 */
export function addressBucket(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = (parsed as ipaddr.IPv6).parts.map((part, index) => (index < 4 ? part : 0));
  return `${new ipaddr.IPv6(network).toString()}/64`;
}

function canonical(address: string | undefined): string {
  if (address === undefined) throw unreadable();
  // A scope id names an interface of the proxy, not the client.
  const bare = address.replace(/%.*$/, '').replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) throw unreadable();
  return ipaddr.process(bare).toString();
}

function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function unreadable(): DomainError {
  return new DomainError('client-address-unreadable');
}

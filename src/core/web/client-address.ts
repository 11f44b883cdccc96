import ipaddr from 'ipaddr.js';
import { DomainError } from '../errors/domain-error.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const LONGEST_HEADER = 2_000;

/**
 * Whether `text` is an IP address or a CIDR block (RFC 4632) in its usual spelling. Short forms such as `10/8` are
 * refused, because they mean another network than the one their writer had in mind.
 */
export function isNetwork(text: string): boolean {
  return isAddress(text.replace(/\/\d{1,3}$/, '')) && (ipaddr.isValid(text) || ipaddr.isValidCIDR(text));
}

/** A set of addresses and CIDR blocks, as {@link isNetwork} knows them. */
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
 *   connection has none (an empty header is no address either): refused, never treated as "no address, no limit" (attack class 33)
 */
export function clientAddress(
  connection: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trustedProxies: Networks,
): string {
  let address = canonical(connection);
  if (forwardedFor === undefined || !trustedProxies.has(address)) return address;
  const header = typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(',');
  if (header.length > LONGEST_HEADER) throw unreadable();
  for (const hop of header.split(',').toReversed()) {
    address = canonical(withoutPort(hop.trim()));
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

/** An IPv4 address without leading zeros, which is its own canonical spelling. */
const PLAIN_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function canonical(address: string | undefined): string {
  // Almost every address; reading it and writing it again costs fifty times as much.
  if (address !== undefined && PLAIN_IPV4.test(address)) return address;
  // A scope id names an interface of the proxy, not the client.
  const bare = address?.replace(/%.*$/, '');
  if (bare === undefined || !isAddress(bare)) throw unreadable();
  return ipaddr.process(bare).toString();
}

/** Some proxies write the client's port behind its address: `192.0.2.1:49152`, `[2001:db8::1]:49152`. */
function withoutPort(hop: string): string {
  return (
    /^(?:([^:]+)|\[([^\]]+)\])(?::\d{1,5})?$/
      .exec(hop)
      ?.slice(1)
      .find((part) => part !== undefined) ?? hop
  );
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function unreadable(): DomainError {
  return new DomainError('client-address-unreadable');
}

import ipaddr from 'ipaddr.js';

/** Addresses from the first to the last, both included; all of one kind. */
interface Range {
  readonly kind: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses of people, and by way of which proxies they count. */
interface Entry {
  readonly people: Range;
  /** Undefined = whichever way they came. */
  readonly proxy: Range | undefined;
}

/** Longest filter that is read. */
const LONGEST = 10_000;

/** An entry: addresses, in parentheses or not, and a proxy in brackets. */
const ENTRY = /^(?:\(([^()[\]]+)\)|([^()[\]]+))(?:\[([^()[\]]+)\])?$/;

/** A set of addresses in the syntax of the logon policy (authentication methods, section 6.8). */
export class IpFilter {
  /** A filter that no address is in. */
  static readonly nothing = new IpFilter([]);
  /** Stands for a filter that cannot be read: what is in it nobody knows. */
  static readonly unreadable = new IpFilter([], false);

  private constructor(
    private readonly entries: readonly Entry[],
    /** Whether it is known what is in it; if not, whoever asks has to assume the worse (attack class 33). */
    readonly known = true,
  ) {}

  /**
   * Reads `198.51.100.7; 198.51.100.0-198.51.100.255; (2001:db8::1-2001:db8::ff)[192.0.2.1]`: single addresses, ranges
   * from the lower to the higher end and CIDR blocks (RFC 4632), with the proxy, or the proxies, in brackets.
   *
   * @returns undefined when it is not in this syntax
   */
  static parse(text: string): IpFilter | undefined {
    if (text.length > LONGEST) return undefined;
    const written = text.split(';').map((entry) => entry.trim());
    const entries = written.filter((entry) => entry !== '').map(parseEntry);
    return entries.every((entry) => entry !== undefined) ? new IpFilter(entries) : undefined;
  }

  /** The filter as text without the proxies, which are addresses of servers. */
  static withoutProxies(text: string): string {
    return text.replaceAll(/\[[^\]]*\]/g, '');
  }

  /** Whether there is none. */
  get empty(): boolean {
    return this.known && this.entries.length === 0;
  }

  /**
   * Whether the filter names an address. An IPv4 address written as IPv6 counts as IPv4; a text that is no address is in
   * no filter, and whoever asks decides what that means (attack class 33).
   *
   * @param via the servers that the call came by, as far as they are known, for entries with a proxy
   */
  has(address: string, via: readonly string[] = []): boolean {
    const number = parseAddress(address);
    if (!number) return false;
    const servers = via.map(parseAddress).filter((server) => server !== undefined);
    return this.entries.some(
      ({ people, proxy }) =>
        contains(people, number) && (proxy === undefined || servers.some((server) => contains(proxy, server))),
    );
  }
}

function parseEntry(text: string): Entry | undefined {
  const [, enclosed, bare, via] = ENTRY.exec(text) ?? [];
  const people = parseRange(enclosed ?? bare ?? '');
  if (via === undefined) return people && { people, proxy: undefined };
  const proxy = parseRange(via);
  return people && proxy && { people, proxy };
}

function parseRange(text: string): Range | undefined {
  if (text.includes('/')) return parseBlock(text.trim());
  const [first, last, ...more] = text.split('-').map((end) => parseAddress(end.trim()));
  if (!first || more.length > 0) return undefined;
  if (!text.includes('-')) return { kind: first.kind, first: first.value, last: first.value };
  if (!last || last.kind !== first.kind || last.value < first.value) return undefined;
  return { kind: first.kind, first: first.value, last: last.value };
}

/** A CIDR block. One of IPv4 addresses written as IPv6 counts its bits from there. */
function parseBlock(text: string): Range | undefined {
  const [, written = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(written);
  if (!address) return undefined;
  const mapped = address.kind === 'ipv4' && written.includes(':');
  const bits = Number(digits) - (mapped ? 96 : 0);
  const length = address.kind === 'ipv4' ? 32 : 128;
  if (bits < 0 || bits > length) return undefined;
  const size = 1n << BigInt(length - bits);
  const first = (address.value / size) * size;
  return { kind: address.kind, first, last: first + size - 1n };
}

interface Numbered {
  readonly kind: 'ipv4' | 'ipv6';
  readonly value: bigint;
}

function parseAddress(text: string): Numbered | undefined {
  if (text.includes('%')) return undefined;
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { kind: address.kind(), value };
}

function contains({ kind, first, last }: Range, address: Numbered): boolean {
  return kind === address.kind && first <= address.value && address.value <= last;
}

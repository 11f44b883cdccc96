import ipaddr from 'ipaddr.js';

/**
 * Whether a `Host` header names this very machine: a loopback address, or a name that always means one (RFC 6761 section
 * 6.3). A page of another site whose name was made to resolve to us (DNS rebinding) shows its own name here.
 */
export function namesLoopback(host: string | undefined): boolean {
  const url = `http://${host ?? ''}`;
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

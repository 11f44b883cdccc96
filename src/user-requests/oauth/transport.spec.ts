import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { Environment } from '../../core/config/environment.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Transport } from './transport.js';

const PROXY = '192.0.2.1';

function protects({
  from = '198.51.100.7',
  tls = false,
  forwarded,
  publicUrl = 'https://id.example.test',
  embedded = false,
  allowed = false,
}: {
  from?: string;
  tls?: boolean;
  forwarded?: string;
  publicUrl?: string;
  embedded?: boolean;
  allowed?: boolean;
}): boolean {
  const values = { databaseUrl: embedded ? undefined : 'postgres://given/', trustedProxies: [PROXY] };
  const environment = new Environment(values as unknown as Environment);
  const request = {
    raw: { socket: { remoteAddress: from, ...(tls && { encrypted: true }) } },
    headers: forwarded === undefined ? {} : { 'x-forwarded-proto': forwarded },
  } as unknown as FastifyRequest;
  const snapshot = { publicUrl, setting: () => allowed } as unknown as ConfigurationSnapshot;
  return new Transport(environment).protects(request, snapshot);
}

describe('the way of a call', () => {
  it('is protected by TLS to our own listener', () => {
    expect(protects({ tls: true })).toBe(true);
    expect(protects({})).toBe(false);
  });

  it('is what a trusted proxy says it was, and else as the public URL', () => {
    expect(protects({ from: PROXY })).toBe(true);
    expect(protects({ from: PROXY, publicUrl: 'http://127.0.0.1:8080' })).toBe(false);
    expect(protects({ from: PROXY, forwarded: 'http' })).toBe(false);
    expect(protects({ from: PROXY, forwarded: 'https' })).toBe(true);
    // Each proxy adds its own behind what came to it; the nearest is the one that is trusted.
    expect(protects({ from: PROXY, forwarded: 'https, http' })).toBe(false);
    expect(protects({ from: PROXY, forwarded: 'http, https' })).toBe(true);
    expect(protects({ from: PROXY, forwarded: '' })).toBe(false);
  });

  it('is not what anybody else says', () => {
    expect(protects({ forwarded: 'https' })).toBe(false);
    expect(protects({ from: '127.0.0.1', forwarded: 'https' })).toBe(false);
  });

  it('does not matter where the setting says so, and on one’s own machine in the embedded mode', () => {
    expect(protects({ allowed: true })).toBe(true);
    expect(protects({ embedded: true, from: '127.0.0.1', publicUrl: 'http://127.0.0.1:8080' })).toBe(true);
    expect(protects({ embedded: true, from: '::ffff:127.0.0.1', publicUrl: 'http://127.0.0.1:8080' })).toBe(true);
    expect(protects({ embedded: true, publicUrl: 'http://127.0.0.1:8080' })).toBe(false);
    expect(protects({ from: '127.0.0.1' })).toBe(false);
  });
});

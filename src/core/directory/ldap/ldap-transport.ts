import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { DomainError } from '../../errors/domain-error.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import type { LdapSettings } from './ldap-settings.js';

/** How a server is spoken to. */
export interface Transport {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'clear';
}

type TransportSettings = Pick<LdapSettings, 'kind' | 'startTls' | 'allowInsecure'>;

const KEEP_ALIVE_MS = 30_000;

/**
 * How `url` is to be spoken to.
 *
 * @throws DomainError `directory-misconfigured` for clear text that is not allowed, and for anything but ldap and ldaps
 */
export function transportOf(url: string, { kind, startTls, allowInsecure }: TransportSettings): Transport {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const secure = parsed?.protocol === 'ldaps:';
  if (!parsed?.hostname || (!secure && parsed.protocol !== 'ldap:')) {
    throw misconfigured(`${url} is not of the form ldap://host:port or ldaps://host:port`);
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(parsed.port) || (secure ? 636 : 389);
  if (secure) return { host, port, security: 'tls' };
  if (startTls) return { host, port, security: 'starttls' };
  if (kind === 'active-directory') throw misconfigured(`${url}: Active Directory needs ldaps:// or startTls`);
  if (!allowInsecure) throw misconfigured(`${url} is clear text; use ldaps://, startTls or allowInsecure`);
  return { host, port, security: 'clear' };
}

/** Opens a TCP connection, destroyed when `signal` says so. @throws LdapConnectionError `unreachable` */
export async function openTcp({ host, port }: Transport, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  const refuse = (error: Error) =>
    reject(new LdapConnectionError('unreachable', `${host}:${port}: ${error.message}`, { cause: error }));
  socket.once('error', refuse);
  socket.once('close', () => refuse(new Error('closed before it was open')));
  socket.once('connect', () => {
    socket.off('error', refuse);
    resolve(socket);
  });
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  // Sockets may fail at any time, also long after they were closed; an unheard error would end the process.
  socket.on('error', () => undefined);
  return promise;
}

/**
 * Puts TLS around an open connection. The certificate must be trusted, in date and made out to the host, unless the
 * settings waive that for a lab.
 *
 * @throws LdapConnectionError `tls`
 */
export async function secure(socket: Socket, { host, port }: Transport, trust: Trust): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const refuse = (error: Error) =>
    reject(new LdapConnectionError('tls', `${host}:${port}: ${error.message}`, { cause: error }));
  const wrapped = connectTls({ ...trust, socket, host, servername: isIP(host) === 0 ? host : '' });
  wrapped.once('error', refuse);
  wrapped.once('close', () => refuse(new Error('closed during the TLS handshake')));
  wrapped.once('secureConnect', () => {
    wrapped.off('error', refuse);
    resolve(wrapped);
  });
  wrapped.on('error', () => undefined);
  return promise;
}

export type Trust = Pick<ConnectionOptions, 'ca' | 'rejectUnauthorized' | 'minVersion'>;

/**
 * Whom to trust. The file is read for each connection, so that a renewed authority needs no restart.
 *
 * @throws DomainError `directory-misconfigured` when the file cannot be read
 */
export async function readTrust({ caFile, tlsRejectUnauthorized }: LdapSettings): Promise<Trust> {
  const trust: Trust = { rejectUnauthorized: tlsRejectUnauthorized, minVersion: 'TLSv1.2' };
  if (caFile === null) return trust;
  try {
    return { ...trust, ca: await readFile(caFile) };
  } catch (error) {
    throw misconfigured(`caFile ${caFile} cannot be read`, error);
  }
}

function misconfigured(detail: string, cause?: unknown): DomainError {
  return new DomainError('directory-misconfigured', { detail, cause });
}

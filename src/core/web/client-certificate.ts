import type { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

/**
 * The certificate that the client of our own TLS listener has shown, and whose key it has proved to hold by the handshake
 * (RFC 8446, section 4.4.3). Who issued it is for the caller to check. What a proxy says in a header is none.
 */
export function shownCertificate({ raw: { socket } }: FastifyRequest): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
}

/** The same, when an authority of `LATCHKEY_TLS_CLIENT_CA` has issued it and it is in its time. */
export function verifiedCertificate(request: FastifyRequest): X509Certificate | undefined {
  const { socket } = request.raw;
  return socket instanceof TLSSocket && socket.authorized ? shownCertificate(request) : undefined;
}

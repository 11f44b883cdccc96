import { STATUS_CODES } from 'node:http';
import type { FastifyInstance } from 'fastify';
import ipaddr from 'ipaddr.js';

/** Misdirected Request (RFC 9110 section 15.5.20). */
const MISDIRECTED = 421;

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

/**
 * Lets a server answer under the names of this machine only, at every address. A listener on a loopback address keeps
 * other machines out, but not a web page in a browser on this one whose own name was made to resolve to it.
 */
export function answerToLoopbackOnly(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (namesLoopback(request.headers.host)) return done();
    void reply
      .code(MISDIRECTED)
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .send({ statusCode: MISDIRECTED, message: STATUS_CODES[MISDIRECTED] });
  });
}

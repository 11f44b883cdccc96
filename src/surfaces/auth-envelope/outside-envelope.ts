import { refusalAnswer } from './auth-answer.js';

const PATH = /^\/(?:auth|das5)(?:[/?]|$)/;

const UNAVAILABLE = refusalAnswer(2, {}, 503).body;
const MALFORMED = refusalAnswer(100).body;

/**
 * The envelope of an answer that is given before any route is found: while the server shuts down, or for an address that
 * cannot be decoded (section 1.2). Undefined where the address is not one of this surface.
 */
export function outsideEnvelope(url: string, status: number): string | undefined {
  if (!PATH.test(url)) return undefined;
  return status === 503 ? UNAVAILABLE : MALFORMED;
}

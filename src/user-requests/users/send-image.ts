import type { FastifyReply } from 'fastify';
import type { UserImage } from './user-image.js';

/** Sends a picture that somebody outside put there: shown as what it is, with nothing that could run in it. */
export function sendImage(reply: FastifyReply, { type, bytes }: UserImage): void {
  void reply
    .status(200)
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': type,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(bytes);
}

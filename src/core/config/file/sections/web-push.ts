import { matching, secret } from '../scalar-shapes.js';
import { object, required, type ShapeType } from '../shape.js';

/** The keys by which push services know this server (VAPID, RFC 8292). */
export const webPush = object({
  subject: required(
    matching(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'a mailto: or https: address'),
    'Where a push service can reach whoever runs this server.',
  ),
  publicKey: required(
    matching(/^[A-Za-z0-9_-]{87}$/, 'an uncompressed point on P-256, base64url'),
    'Public key. `npx web-push generate-vapid-keys` makes a pair. Devices have to be registered anew when it changes.',
  ),
  privateKey: required(secret(), 'Private key, base64url; stored sealed. Take it from the environment.'),
});

export type WebPushSection = ShapeType<typeof webPush>;

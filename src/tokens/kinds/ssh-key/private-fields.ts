import type { KeyObject } from 'node:crypto';
import { SshWriter } from './ssh-wire.js';

/** The numbers of a private key as OpenSSH writes them behind the type (PROTOCOL.key, section 3; RFC 8709). */
export function opensshFields(key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const at = (name: 'n' | 'e' | 'd' | 'p' | 'q' | 'qi' | 'x' | 'y') => Buffer.from(jwk[name] ?? '', 'base64url');
  const writer = new SshWriter();
  if (jwk.kty === 'RSA') {
    for (const name of ['n', 'e', 'd', 'qi', 'p', 'q'] as const) writer.mpint(at(name));
  } else if (jwk.kty === 'EC') {
    writer.string(`nistp${(jwk.crv ?? '').slice(2)}`);
    writer.string(Buffer.concat([Buffer.from([4]), at('x'), at('y')])).mpint(at('d'));
  } else {
    writer.string(at('x')).string(Buffer.concat([at('d'), at('x')]));
  }
  return writer.bytes();
}

/** The numbers of a private key as PuTTY writes them (its manual, appendix C.3). */
export function puttyFields(key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const at = (name: 'd' | 'p' | 'q' | 'qi') => Buffer.from(jwk[name] ?? '', 'base64url');
  const writer = new SshWriter();
  if (jwk.kty === 'RSA') {
    for (const name of ['d', 'p', 'q', 'qi'] as const) writer.mpint(at(name));
    return writer.bytes();
  }
  // Ed25519 is a string here: its bytes stay 32, and in their order.
  return jwk.kty === 'EC' ? writer.mpint(at('d')).bytes() : writer.string(at('d')).bytes();
}

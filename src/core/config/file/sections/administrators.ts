import { ROLES } from '../../../administrators/administrator.entity.js';
import { name, scalar, word } from '../scalar-shapes.js';
import { list, object, optionalWith, required, type ShapeType } from '../shape.js';

/** SHA-256 fingerprint of a certificate, as `openssl x509 -fingerprint -sha256` prints it or bare. */
const fingerprint = scalar('a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons', (value) => {
  const digits = typeof value === 'string' ? value.replaceAll(':', '').toLowerCase() : '';
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined;
});

const administrator = object({
  domain: required(name(), 'Domain of the person.'),
  login: required(name(), 'Login of the person; the domain’s directory checks the password.'),
  role: required(
    word(ROLES),
    '`global-admin`: everything in every domain; `domain-admin`: everything in the own domain; `user-manager`: helps the people of the own domain who are not administrators.',
  ),
  certificates: optionalWith(
    list(fingerprint, { max: 20 }),
    [],
    'SHA-256 fingerprints of the person’s client certificates, for `manager_auth: PKI`.',
  ),
});

export const administrators = list(administrator);

export type AdministratorDeclaration = ShapeType<typeof administrator>;

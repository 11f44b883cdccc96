import { integer, secret, text } from '../scalar-shapes.js';
import { checked, object, optional, optionalWith, required, type ShapeType } from '../shape.js';

/** The key that signs people's certificates. */
export const pki = checked(
  object({
    certificateFile: required(
      text({ max: 4_000 }),
      'PEM file with the certificate of the issuing authority; relative to the configuration file. It must be allowed to sign certificates and revocation lists.',
    ),
    keyFile: optional(
      text({ max: 4_000 }),
      'PEM file with its private key (PKCS #8 or PKCS #1, RSA or ECDSA), readable by the server only; relative to the configuration file.',
    ),
    key: optional(
      secret(),
      'Its private key as PEM text, in place of `keyFile`; stored sealed. Take it from the environment.',
    ),
    validityDays: optionalWith(
      integer(1, 3_650),
      365,
      'Days for which people’s certificates are valid when whoever asks does not say; never longer than the authority’s own.',
    ),
  }),
  ({ keyFile, key }, report) => {
    if ((keyFile === undefined) === (key === undefined)) report(['keyFile'], 'give either keyFile or key');
  },
);

export type PkiSection = ShapeType<typeof pki>;

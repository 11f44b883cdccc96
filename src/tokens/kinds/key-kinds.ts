import { PushRegistrations } from './push/push-registrations.js';
import { SshKeys } from './ssh-key/ssh-keys.js';
import { CertificateCheck } from './certificate/certificate-check.js';
import { Certificates } from './certificate/certificates.js';
import { IssuingAuthorities } from './certificate/issuing-authority.js';
import { RevocationListController } from './certificate/revocation-list.controller.js';
import { RevocationList } from './certificate/revocation-list.js';
import { FidoAssertions } from './fido/fido-assertions.js';
import { FidoCeremonies } from './fido/fido-ceremonies.js';
import { FidoRegistrations } from './fido/fido-registrations.js';

/** Services of the kinds that prove themselves with a key instead of a typed passcode. */
export const KEY_KINDS = [
  CertificateCheck,
  Certificates,
  FidoAssertions,
  FidoCeremonies,
  FidoRegistrations,
  IssuingAuthorities,
  PushRegistrations,
  RevocationList,
  SshKeys,
];

export const KEY_CONTROLLERS = [RevocationListController];

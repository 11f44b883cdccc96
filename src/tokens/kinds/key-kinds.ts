import { SshKeys } from './ssh-key/ssh-keys.js';
import { FidoAssertions } from './fido/fido-assertions.js';
import { FidoCeremonies } from './fido/fido-ceremonies.js';
import { FidoRegistrations } from './fido/fido-registrations.js';

/** Services of the kinds that prove themselves with a key instead of a typed passcode. */
export const KEY_KINDS = [FidoAssertions, FidoCeremonies, FidoRegistrations, SshKeys];

import { wordSetting } from '../../../core/settings/setting-types.js';

export const fidoUserVerification = wordSetting({
  name: 'fido_user_verification',
  scope: 'domain',
  words: ['preferred', 'required'],
  default: 'preferred',
  meaning:
    'Whether a FIDO key must recognise its owner by PIN or fingerprint (`required`), or a touch will do where it cannot ' +
    '(`preferred`; WebAuthn Level 3, section 5.8.6).',
});

export const fidoAttestation = wordSetting({
  name: 'fido_attestation',
  scope: 'domain',
  words: ['none', 'direct'],
  default: 'none',
  meaning:
    'Whether FIDO keys are asked for a statement of their maker at registration (`direct`); it is checked and its ' +
    'format kept. With `none` nothing identifies the make (WebAuthn Level 3, section 5.4.7).',
});

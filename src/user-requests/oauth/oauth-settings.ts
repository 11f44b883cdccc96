import { booleanSetting, integerSetting } from '../../core/settings/setting-types.js';

export const requireSignature = booleanSetting({
  name: 'require_signature',
  scope: 'server',
  default: false,
  meaning: 'Whether OAuth 1.0a calls must be signed. User requests, section 2.',
});

export const allowUnsignedOverHttp = booleanSetting({
  name: 'allow_unsigned_over_http',
  scope: 'server',
  default: false,
  meaning:
    'Whether OAuth 1.0a calls that send what must stay secret, unsigned or signed with PLAINTEXT, are taken without TLS. ' +
    'In the embedded mode those of this machine always are. User requests, section 2.',
});

export const timestampWindow = integerSetting({
  name: 'timestamp_window',
  scope: 'server',
  min: 1,
  max: 3_600,
  default: 300,
  meaning: 'Seconds by which the timestamp of a signed call may be off. User requests, section 2.',
});

export const tokenLifetime = integerSetting({
  name: 'token_lifetime',
  scope: 'server',
  min: 0,
  max: 315_360_000,
  default: 0,
  meaning: 'Seconds for which an OAuth 1.0a access token works; 0 = without end. User requests, section 9.',
});

import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { NewPin } from '../../core/requests/new-request.js';
import { integerSetting } from '../../core/settings/setting-types.js';
import type { Setting } from '../../core/settings/setting.js';
import type { RequestType } from '../request-types.js';

function seconds(name: string, fallback: number, max: number, meaning: string): Setting<number> {
  return integerSetting({ name, scope: 'server', min: 1, max, default: fallback, meaning });
}

const VALIDITY: Readonly<Record<RequestType, Setting<number>>> = {
  LOGIN_UNATTENDED: seconds(
    'validity_login_unattended',
    30,
    30,
    'Seconds for which a `LOGIN_UNATTENDED` request works. User requests, section 3.',
  ),
  LOGIN: seconds('validity_login', 300, 86_400, 'Seconds for which a `LOGIN` request works. User requests, section 3.'),
  PASSWORD_SET: seconds(
    'validity_password_set',
    259_200,
    2_592_000,
    'Seconds for which a `PASSWORD_SET` request works. User requests, section 3.',
  ),
  PASSWORD_RESET: seconds(
    'validity_password_reset',
    86_400,
    2_592_000,
    'Seconds for which a `PASSWORD_RESET` request works. User requests, section 3.',
  ),
  UNLOCK_ACCOUNT: seconds(
    'validity_unlock_account',
    86_400,
    2_592_000,
    'Seconds for which an `UNLOCK_ACCOUNT` request works. User requests, section 3.',
  ),
  CUSTOM: seconds(
    'validity_custom',
    900,
    86_400,
    'Seconds for which a `CUSTOM` request works. User requests, section 3.',
  ),
};

const pinLength = integerSetting({
  name: 'pin_length',
  scope: 'server',
  min: 6,
  max: 10,
  default: 6,
  meaning: 'Digits of a PIN. User requests, section 3.',
});

const pinTries = integerSetting({
  name: 'pin_tries',
  scope: 'server',
  min: 1,
  max: 10,
  default: 5,
  meaning: 'Wrong PINs after which a request is dead. User requests, section 3.',
});

const pinValidity = seconds('pin_validity', 600, 3_600, 'Seconds for which a PIN works. User requests, section 3.');

/** Seconds for which a request of this type works. */
export function validityOf(snapshot: ConfigurationSnapshot, type: RequestType): number {
  return snapshot.setting(VALIDITY[type]);
}

/** The PIN of a request that is made now. */
export function pinOf(snapshot: ConfigurationSnapshot): NewPin {
  return {
    digits: snapshot.setting(pinLength),
    validSeconds: snapshot.setting(pinValidity),
    attemptLimit: snapshot.setting(pinTries),
  };
}

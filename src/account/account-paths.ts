import type { LinkSite } from '../core/web/links/link-site.js';

/** The home page after log-in. */
export const HOME_PATH = '/account';

/** The page session in which a second factor is shown. */
export const ACCOUNT_SITE: LinkSite = { name: 'account', path: `${HOME_PATH}/` };

export const LOG_IN_PATH = `${HOME_PATH}/login`;
export const SIGN_OUT_PATH = `${HOME_PATH}/sign-out`;
export const CONFIRM_PATH = `${HOME_PATH}/confirm`;
export const SECOND_FACTOR_PATH = `${HOME_PATH}/second-factor`;
export const PASSWORD_PATH = `${HOME_PATH}/password`;
export const PIN_PATH = `${HOME_PATH}/pin`;
export const EMERGENCY_CODES_PATH = `${HOME_PATH}/emergency-codes`;
export const AUTHENTICATORS_PATH = `${HOME_PATH}/authenticators`;
export const ADD_PATH = `${AUTHENTICATORS_PATH}/add`;
export const REQUESTS_PATH = `${HOME_PATH}/requests`;
export const SESSIONS_PATH = `${HOME_PATH}/sessions`;
export const END_OTHERS_PATH = `${SESSIONS_PATH}/end-others`;

/** Registration and recovery, for who cannot sign in. */
export const APP_ROOT_PATH = '/app-root';
export const FORGOTTEN_PATH = `${APP_ROOT_PATH}/#/forgot`;

/** Name of the parameter that says where to go on. */
export const TO = 'to';

/** `path`, from where the person is to be led on to `to`. */
export function leadingOn(path: string, to: string): string {
  return to === HOME_PATH ? path : `${path}?${new URLSearchParams({ [TO]: to }).toString()}`;
}

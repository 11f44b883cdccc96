import { ENROLMENT_PATH } from '../../tokens/enrolment/enrolment-link.js';
import type { Choice } from '../items.js';

export { CHOICE_PATH, ENROLMENT_SITE } from '../../tokens/enrolment/enrolment-link.js';

/** The log-in that may be asked for before (manager-json-rpc section 10.1, step 2). */
export const LOGIN_PATH = `${ENROLMENT_PATH}log-in`;
/** Sent when the person has enough. */
export const FINISH_PATH = `${ENROLMENT_PATH}finish`;

/** Name of each choice's page below the site. */
const ITEM_NAMES: Readonly<Record<Choice, string>> = {
  Token: 'token',
  FIDO: 'fido',
  PINCode: 'pin-code',
  AppKeys: 'app-keys',
  OTPList: 'otp-list',
  GridCard: 'grid-card',
  GridGo: 'grid-go',
  Push: 'push',
  EmergencyCode: 'emergency-code',
  Questions: 'questions',
  SSHKey: 'ssh-key',
  Certificate: 'certificate',
};

/** The page of a choice. */
export function itemPath(choice: Choice): string {
  return `${ENROLMENT_PATH}${ITEM_NAMES[choice]}`;
}

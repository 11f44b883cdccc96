import { redirectTarget } from '../core/web/redirect-target.js';
import { HOME_PATH } from './account-paths.js';

/** Where to lead a person on, as the address or a form says it: a path of this server (attack class 56), else home. */
export function whereTo(wanted: string | undefined): string {
  return redirectTarget(wanted, []) ?? HOME_PATH;
}

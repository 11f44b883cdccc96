import type { RequestStep } from '../../core/requests/request-steps.js';
import type { LinkSite } from '../../core/web/links/link-site.js';
import { PASSWORD_RESET_PATH } from '../pwreset.purpose.js';

/** Where the pages are; links in messages lead here (manager-json-rpc section 7). */
export const PASSWORD_RESET_SITE: LinkSite = { name: 'pwreset', path: PASSWORD_RESET_PATH };

export const PASSWORD_PATH = `${PASSWORD_RESET_SITE.path}password`;

/** The pages of what may be asked before. */
export const STEP_PATHS: Readonly<Record<RequestStep, string>> = {
  password: `${PASSWORD_RESET_SITE.path}old-password`,
  'second-factor': `${PASSWORD_RESET_SITE.path}second-factor`,
};

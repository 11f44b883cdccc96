import type { LinkSite } from '../../core/web/links/link-site.js';
import { PASSWORD_RESET_PATH } from '../pwreset.purpose.js';

/** Where the pages are; links in messages lead here (manager-json-rpc section 7). */
export const PASSWORD_RESET_SITE: LinkSite = { name: 'pwreset', path: PASSWORD_RESET_PATH };

export const PASSWORD_PATH = `${PASSWORD_RESET_SITE.path}password`;

import { originsSetting } from '../core/settings/setting-types.js';

/** Read by the OAuth 1.0a pages and by processed requests: where people may be sent on to. */
export const allowedRedirectOrigins = originsSetting({
  name: 'allowed_redirect_origins',
  scope: 'domain',
  default: [],
  meaning:
    'Origins that `redirect` may lead to after a processed request, where paths of this server always may, and that ' +
    '`oauth_callback` of the domain’s consumers may name. User requests, sections 2 and 4.',
});

/** Where the pages are; the link in messages leads here, with the secret as `req` (manager-json-rpc section 7). */
export const LANDING_PATH = '/webapps/pwreset/';
export const PASSWORD_PATH = `${LANDING_PATH}password`;
export const DONE_PATH = `${LANDING_PATH}done`;

/** Name of the link's secret, in the query of the link and in the form that opens it. */
export const LINK_FIELD = 'req';

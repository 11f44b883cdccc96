import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import type { LinkSite } from '../../core/web/links/link-site.js';

/** Enrolling an authenticator by link (manager-json-rpc sections 5 and 10.1). */
export const tokenEnrolment: RequestPurpose = { name: 'token-enrolment', attemptLimit: 5, supersedes: 'account' };

/** Where its page lives (manager-json-rpc section 7). */
export const ENROLMENT_PATH = '/webapps/selfreg/';

/** Where the pages are; links in messages lead here (manager-json-rpc section 7). */
export const ENROLMENT_SITE: LinkSite = { name: 'selfreg', path: ENROLMENT_PATH };

/** What can be enrolled, to choose from. */
export const CHOICE_PATH = `${ENROLMENT_PATH}choose`;

/** What a request of {@link tokenEnrolment} keeps when the person, signed in, made it for themselves. */
export interface OwnEnrolment {
  /** The session that it was made in, whose person had just proved who they are. */
  readonly session: string;
  /** Path of the page that the person came from. */
  readonly home: string;
}

/** Who made it; undefined for a link that somebody was sent. */
export function ownEnrolment({ payload }: { readonly payload: Record<string, unknown> }): OwnEnrolment | undefined {
  return payload['own'] as OwnEnrolment | undefined;
}

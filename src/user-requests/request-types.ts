import type { RequestPurpose } from '../core/requests/request-purpose.js';

/** What a user request may be made for (user-requests section 3); exact upper case on the wire. */
export const REQUEST_TYPES = [
  'LOGIN_UNATTENDED',
  'PASSWORD_SET',
  'PASSWORD_RESET',
  'UNLOCK_ACCOUNT',
  'LOGIN',
  'CUSTOM',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/** Wrong codes on one number after which its request is dead (user-requests section 10). */
const WRONG_CODES = 10;

function purpose(name: string, supersedes: RequestPurpose['supersedes'] = 'account'): RequestPurpose {
  return { name, attemptLimit: WRONG_CODES, supersedes, secretShape: 'alphanumeric', tellsEnd: true };
}

/** The kind of one-time request behind each type. Several unattended log-ins live beside each other: one a browser tab. */
export const PURPOSES: Readonly<Record<RequestType, RequestPurpose>> = {
  LOGIN_UNATTENDED: purpose('user-login-unattended', false),
  PASSWORD_SET: purpose('user-password-set'),
  PASSWORD_RESET: purpose('user-password-reset'),
  UNLOCK_ACCOUNT: purpose('user-unlock'),
  LOGIN: purpose('user-login'),
  CUSTOM: purpose('user-custom'),
};

/** All six, for `OneTimeRequests.byNumber`. */
export const USER_REQUEST_PURPOSES: readonly RequestPurpose[] = Object.values(PURPOSES);

/** What a user request keeps besides the columns that every one-time request has. Never a secret. */
export interface UserRequestPayload {
  readonly type: RequestType;
  /** Nobody proved who asks: the returned code is a receipt, and only what was delivered completes the request. */
  readonly anonymous: boolean;
  /** The person gets a PIN instead of a link: whichever code is shown, the PIN is needed with it. */
  readonly withPin: boolean;
  /** Path of this server that `CUSTOM` runs. */
  readonly endpoint?: string;
  /** Parameters for that path, in order. */
  readonly parameters?: readonly (readonly [name: string, value: string])[];
  /** Number of the request whose receipt a stranger holds, where this one is the person's and has the link. */
  readonly askedAs?: string;
  /** The person was made for this request, and stays inactive until the PIN was right. */
  readonly activates?: boolean;
}

/** The payload of a row of one of {@link PURPOSES}. */
export function userRequestPayload({ payload }: { readonly payload: Record<string, unknown> }): UserRequestPayload {
  return payload as unknown as UserRequestPayload;
}

export type AuthSeverity = 'ERROR' | 'WARNING' | 'FATAL';

interface AuthCodeFacts {
  readonly message: string;
  readonly severity: AuthSeverity;
  /** HTTP status where it is not 200, the status of everything that a method has decided (section 1.2). */
  readonly status?: number;
}

const error = (message: string, status?: number): AuthCodeFacts => ({
  message,
  severity: 'ERROR',
  ...(status !== undefined && { status }),
});

/**
 * The error codes of this surface (authentication methods, section 3). A message that ends in a colon is followed by what
 * it is about. Clients branch on the number alone; only 242 and the text of 300 are published.
 */
export const AUTH_CODES = {
  1: { message: 'Internal error', severity: 'FATAL', status: 500 },
  2: error('Service unavailable'),
  3: error('Too many requests', 429),

  100: error('Malformed request', 400),
  101: error('Missing parameter:'),
  102: error('Invalid parameter:'),
  103: error('Unknown method', 404),
  104: error('Method must be POST', 405),
  106: error('Attribute is not readable:'),

  120: error('Agent is not authenticated', 401),
  121: error('Agent is not permitted', 403),
  122: error('Agent address mismatch', 403),

  200: error('User not found'),
  201: error('User is ambiguous'),
  202: error('User is inactive'),
  203: error('User is locked'),
  204: error('User is disabled'),
  205: { message: 'Password must be changed', severity: 'WARNING' },

  220: error('Application not found'),
  221: error('Application is not published on this agent'),

  230: error('No logon procedure'),
  231: error('Logon step out of range'),
  232: error('Authenticator is not allowed in this step'),
  233: error('Logon session expired'),
  234: error('Logon is for another user or application'),
  235: error('Access denied by logon policy'),
  236: error('No logon session'),

  240: error('Realm not found'),
  241: error('Domain not found'),
  242: error('The requested domain is not defined in the realm'),

  250: error('Token not found'),
  251: error('User has no usable token'),
  252: error('Token is not assigned to the user'),
  253: error('Token is disabled'),
  254: error('Token is not activated'),
  255: error('Token is locked'),
  256: error('Token is expired or not yet valid'),
  257: error('Token usage limit reached'),
  258: error('Token assignment not found'),

  300: error('Incorrect credentials'),
  301: { message: 'Token is out of synchronisation', severity: 'WARNING' },
  302: error('Passcode has already been used'),
  303: error('Unsupported credential'),
  310: error('Synchronisation failed'),
  320: error('Challenge not found or expired'),
  321: error('Token does not support challenge/response'),

  340: error('Passcode has expired'),
  341: error('Passcode could not be sent'),
  342: error('No address for this channel'),
  343: error('Channel is not allowed'),
  344: error('Passcode was sent too recently'),
  350: error('Incorrect activation code'),
  351: error('Activation code has expired'),
  352: error('Token is already activated'),
  353: error('Token cannot be downloaded'),
  360: error('Password does not satisfy the policy'),
  361: error('Password was used recently'),
  362: error('Password cannot be changed here'),
  370: error('Policy not found'),
  380: error('Request was denied by the user'),
  381: error('No answer from the user'),
} as const satisfies Readonly<Record<number, AuthCodeFacts>>;

export type AuthCode = keyof typeof AUTH_CODES;

/** Codes that every method may answer. */
export const COMMON_CODES = [1, 2, 3, 100, 101, 102, 106, 120, 121, 122] as const satisfies readonly AuthCode[];

/** The facts of a code, in one type for all. */
export function factsOf(code: AuthCode): AuthCodeFacts {
  return AUTH_CODES[code];
}

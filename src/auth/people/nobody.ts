/** The account of nobody (RFC 9562, section 5.9), for work that strangers are owed as well (attack class 46). */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

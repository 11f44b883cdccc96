/** The person of the demo world in the examples of the API document. */
export const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** The key of RFC 6238, appendix B, for SHA-1. */
export const RFC_KEY = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';

/** The person of the demo world in the examples of the API document. */
export const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** The key of RFC 6238, appendix B, for SHA-1. */
export const RFC_KEY = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';

/** A certificate request whose subject is `CN=Jane Doe`. */
export const JANES_REQUEST = [
  '-----BEGIN CERTIFICATE REQUEST-----',
  'MIHOMHUCAQAwEzERMA8GA1UEAwwISmFuZSBEb2UwWTATBgcqhkjOPQIBBggqhkjO',
  'PQMBBwNCAATRKzDub1f+IEiU965pLNOx5mOcqS8Ciev1Zm/4I+SiQ1KXEu1UeRXs',
  'MH6uz+Y6xEcU/7aEoMZfjoJnYBLIHhSIoAAwCgYIKoZIzj0EAwIDSQAwRgIhAMcU',
  'BE6qLVK+Lbe5DlW2ex6hlnJeN0ywYh8gvo9/DU1hAiEApRDyuS9aLuHIJ7q17t2q',
  'N/s9w8pm/77RPs1jFLeouNs=',
  '-----END CERTIFICATE REQUEST-----',
].join('\n');

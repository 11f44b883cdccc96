/** 8-4-4-4-12 hexadecimal digits, of any version: vendors' identifiers are not those of RFC 9562. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const IN_ANY_CASE = new RegExp(UUID, 'i');

/** Whether a text can be an identifier in whatever case, so that PostgreSQL reads it without an error. */
export function isUuid(text: string): boolean {
  return IN_ANY_CASE.test(text);
}

/** Whether it is written as PostgreSQL writes it, for identifiers that are compared as texts (attack class 65). */
export function isStoredUuid(text: string): boolean {
  return UUID.test(text);
}

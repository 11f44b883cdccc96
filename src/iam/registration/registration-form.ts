import type { JsonObject } from '../../core/web/strict-json.js';
import { isMailAddress, isPrintable } from '../../people/readable-texts.js';
import { requireLength, requireSymbols, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** What a person sends to register, in the order in which it is judged (iam-rest section 3.1). */
export const REGISTRATION_FIELDS = ['domain', 'login', 'name', 'email'] as const;
export type RegistrationForm = Readonly<Record<(typeof REGISTRATION_FIELDS)[number], string>>;

const LONGEST_NAME = 1_000;

/** Texts, in the order of the fields. @throws RestRefusal 412/1501 */
export function readRegistration(body: JsonObject): RegistrationForm {
  const [domain, login, name, email] = REGISTRATION_FIELDS.map((field) => textOf(body, field));
  return { domain: domain ?? '', login: login ?? '', name: (name ?? '').trim(), email: (email ?? '').trim() };
}

/** Steps 5 to 7: symbols and length of `login`, then `name`, then the syntax of `email`. @throws RestRefusal 412/1501 */
export function requireShapes({ login, name, email }: RegistrationForm): void {
  requireSymbols('login', login);
  requireLength('login', login);
  requireName(name);
  requireEmail(email);
}

/** Any printable text. */
export function requireName(name: string): void {
  if (!isPrintable(name)) throw RestRefusal.field('name', 'name contains invalid symbols');
  requireLength('name', name, LONGEST_NAME);
}

export function requireEmail(email: string, field = 'email'): void {
  if (!isMailAddress(email)) throw RestRefusal.field(field, `${field} must be one email address`);
}

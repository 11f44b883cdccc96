import type { NewPerson } from '../../core/directory/capabilities/person-registry.js';
import { isJsonObject, type JsonObject, type JsonValue, LongNumber } from '../../core/web/strict-json.js';
import type { WantedChanges } from '../../people/person-change.js';
import type { PersonProfile } from '../../people/person-profile.js';
import {
  fieldOf,
  optionalObject,
  optionalText,
  requireLength,
  requireSymbols,
} from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { requireEmail, requireName } from '../registration/registration-form.js';
import { profileOf } from './user-profile.js';

/** What a call says of a user; what is absent is not said. */
export interface UserForm {
  readonly login: string | undefined;
  readonly name: string | undefined;
  readonly pwd: string | undefined;
  /** Null takes the address away. */
  readonly email: string | null | undefined;
  readonly blocked: boolean | undefined;
  /** Roles, tags and the like. */
  readonly profile: PersonProfile;
}

const LARGEST_PROFILE = 16_384;
/** What administrators are shown for a password, and send back unchanged. */
const MASKED = /^\*+$/;

/** Reads a user entity (iam-rest section 7) as far as it is there. @throws RestRefusal 412/1501 with the field */
export function readUser(body: JsonObject): UserForm {
  const login = optionalText(body, 'login');
  if (login !== undefined) {
    requireSymbols('login', login);
    requireLength('login', login);
  }
  const name = optionalText(body, 'name')?.trim();
  if (name !== undefined) requireName(name);
  requireTimezone(fieldOf(body, 'timezone'));
  const opts = optionalObject(body, 'opts') ?? {};
  const profile = profileOf(plainOf(body));
  if (JSON.stringify(profile).length > LARGEST_PROFILE) throw RestRefusal.field('opts', 'opts is too long');
  const pwd = optionalText(body, 'pwd');
  return {
    login,
    name,
    pwd: pwd !== undefined && MASKED.test(pwd) ? undefined : pwd,
    email: readEmail(opts),
    blocked: readBlocked(opts),
    profile,
  };
}

/** The form of somebody who is to be made. */
export function newPersonOf(
  form: UserForm & { readonly login: string; readonly name: string },
): Omit<NewPerson, 'password'> & { readonly profile: PersonProfile } {
  return {
    login: form.login,
    displayName: form.name,
    ...(form.email != null && { mail: form.email }),
    ...(form.blocked !== undefined && { disabled: form.blocked }),
    profile: form.profile,
  };
}

/** What the form changes of a person, without the password. */
export function changesOf({ login, name, email, blocked, profile }: UserForm): WantedChanges {
  const fields = {
    ...(login !== undefined && { login }),
    ...(name !== undefined && { displayName: name }),
    ...(email !== undefined && { mail: email }),
  };
  return { fields, profile, disabled: blocked };
}

function readEmail(opts: JsonObject): string | null | undefined {
  if (!Object.hasOwn(opts, 'email')) return undefined;
  const email = opts['email'];
  if (email === null || email === '') return null;
  if (typeof email !== 'string') throw RestRefusal.field('opts.email', 'opts.email must be string');
  requireEmail(email, 'opts.email');
  return email;
}

function readBlocked(opts: JsonObject): boolean | undefined {
  const blocked = fieldOf(opts, 'isblocked');
  if (blocked === undefined || typeof blocked === 'boolean') return blocked;
  if (blocked === 'true' || blocked === 'false') return blocked === 'true';
  throw RestRefusal.field('opts.isblocked', 'opts.isblocked must be bool');
}

/** `-12..12` or `default` (iam-rest section 7). */
function requireTimezone(zone: JsonValue | undefined): void {
  const number =
    typeof zone === 'number' || (typeof zone === 'string' && /^[+-]?\d{1,2}$/.test(zone)) ? Number(zone) : NaN;
  if (zone === undefined || zone === 'default' || (number >= -12 && number <= 12)) return;
  throw RestRefusal.field('timezone', 'timezone must be -12..12 or "default"');
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** JSON as it can be kept: long numbers as text, and no text that nothing can store (attack class 63). */
function plainOf(body: JsonObject): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(body, (_name, value: JsonValue) => {
      if (value instanceof LongNumber) return value.source;
      if (typeof value === 'string') return storable(value);
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [storable(name), member]))
        : value;
    }),
  ) as Record<string, unknown>;
}

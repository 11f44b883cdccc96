import type { JsonObject } from '../../core/web/strict-json.js';
import { isJsonObject } from '../../core/web/strict-json.js';
import { isMailAddress } from '../../people/readable-texts.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { booleanMember, listMember, memberOf, textMember, textsMember } from './data-json.js';
import { PROFILE_TEXTS } from './user-view.js';
import { readRoles, type WireRoles } from './wire-roles.js';

/** A pair of members that mean the same; see {@link nameOf}. */
export interface NamePair {
  /** As the documentation has it. */
  readonly documented: string | null | undefined;
  /** As the SDK has it. */
  readonly ofSdk: string | null | undefined;
}

/** What a call says of a user (user-requests section 8); what is absent is not said, null takes away. */
export interface UserForm {
  /** Id or name of the domain. */
  readonly domain: string | undefined;
  readonly username: string | undefined;
  readonly email: string | null | undefined;
  readonly firstName: NamePair;
  readonly lastName: NamePair;
  readonly phone: string | null | undefined;
  /** BCP 47 tag. */
  readonly locale: string | null | undefined;
  readonly active: boolean | undefined;
  readonly roles: WireRoles | undefined;
  /** Ids or names. */
  readonly groups: readonly string[] | undefined;
  /** Members of the profile: texts of {@link PROFILE_TEXTS}, and `parameters`. */
  readonly profile: Readonly<Record<string, unknown>>;
}

const LONGEST_LOGIN = 254;
const LONGEST_NAME = 200;
const LONGEST_INFO = 4_000;
/** Characters of a profile as JSON. */
const LARGEST_PROFILE = 16_384;

/** Reads a user as far as it is there. @throws ApiRefusal 400 with the member */
export function readUser(data: JsonObject): UserForm {
  const name = (member: string): string | null | undefined => textMember(data, member, LONGEST_NAME);
  return {
    domain: textMember(data, 'domain_id', LONGEST_NAME) ?? undefined,
    username: readUsername(data),
    email: readEmail(data),
    firstName: { documented: name('firstName'), ofSdk: name('name') },
    lastName: { documented: name('lastName'), ofSdk: name('surname') },
    phone: name('phone'),
    locale: readLocale(data),
    active: booleanMember(data, 'active'),
    roles: rolesOf(data),
    groups: textsMember(data, 'groups', ['id', 'name']),
    profile: readProfile(data),
  };
}

/**
 * The name that a pair means. A client that reads a user, changes one of the two and sends all back means the one that is
 * not as it was.
 *
 * @param present the name as it is; undefined for a new user
 * @returns undefined when it stays
 * @throws ApiRefusal 400 when the two differ and both are new
 */
export function nameOf(
  { documented, ofSdk }: NamePair,
  members: readonly [documented: string, ofSdk: string],
  present: string | undefined,
): string | null | undefined {
  const said = [documented, ofSdk].filter((name) => name !== undefined);
  const others = [...new Set(said.filter((name) => name !== (present ?? null)))];
  if (others.length > 1) throw ApiRefusal.parameter(members[0], `differs from ${members[1]}`);
  return others[0];
}

function readUsername(data: JsonObject): string | undefined {
  const username = textMember(data, 'username', LONGEST_LOGIN);
  if (username === null) throw ApiRefusal.parameter('username', 'missing');
  if (username !== undefined && /[\r\n\t]/.test(username)) {
    throw ApiRefusal.parameter('username', 'contains characters that cannot be kept');
  }
  return username;
}

function readEmail(data: JsonObject): string | null | undefined {
  const email = textMember(data, 'email', LONGEST_NAME + LONGEST_LOGIN);
  if (typeof email === 'string' && !isMailAddress(email)) throw ApiRefusal.parameter('email', 'not one mail address');
  return email;
}

/** `en`, `en-GB`, and `en_GB` as Java writes it. */
function readLocale(data: JsonObject): string | null | undefined {
  const locale = textMember(data, 'locale', 35);
  if (locale === undefined || locale === null) return locale;
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
  } catch {
    throw ApiRefusal.parameter('locale', 'unknown value');
  }
}

function rolesOf(data: JsonObject): WireRoles | undefined {
  const codes = textsMember(data, 'roles', ['role']);
  if (codes === undefined) return undefined;
  const roles = readRoles(codes);
  if (!roles) throw ApiRefusal.parameter('roles', 'unknown value');
  return roles;
}

function readProfile(data: JsonObject): Record<string, unknown> {
  const profile: Record<string, unknown> = {};
  for (const name of PROFILE_TEXTS) {
    const text = textMember(data, name, name === 'info' ? LONGEST_INFO : LONGEST_NAME);
    if (text !== undefined) profile[name] = text;
  }
  const { timeZone } = profile;
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) throw ApiRefusal.parameter('timeZone', 'unknown value');
  const parameters = readParameters(data);
  const read = parameters ? { ...profile, parameters } : profile;
  if (JSON.stringify(read).length > LARGEST_PROFILE) throw ApiRefusal.parameter('data', 'too long');
  return read;
}

/** `[{"key": …, "value": …}]`, kept for the systems that know what they mean. */
function readParameters(data: JsonObject): { key: string; value: string | null }[] | undefined {
  return listMember(data, 'parameters')?.map((item) => {
    const key = isJsonObject(item) ? textMember(item, 'key', LONGEST_NAME) : undefined;
    if (!isJsonObject(item) || typeof key !== 'string')
      throw ApiRefusal.parameter('parameters', 'not a list of key and value');
    return {
      key,
      value: memberOf(item, 'value') === undefined ? null : (textMember(item, 'value', LONGEST_INFO) ?? null),
    };
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

import { REGISTRATION_WORDS } from '../../config/file/sections/directories.js';
import type { NewPerson } from '../capabilities/person-registry.js';
import { below, escapeDnValue, parseDn } from '../distinguished-name.js';
import { DomainError } from '../../errors/domain-error.js';
import type { LdapAttributeNames, LdapSettings } from './ldap-settings.js';

/** An entry as it is to be added. */
export interface NewEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

type Word = (typeof REGISTRATION_WORDS)[number];
type Words = Readonly<Record<Word, string | undefined>>;

/** The fields of a person that have an attribute each. */
export const MAPPED_FIELDS = [
  'displayName',
  'firstName',
  'lastName',
  'mail',
  'mobile',
  'language',
] as const satisfies (keyof LdapAttributeNames & keyof NewPerson)[];

/**
 * The entry for a new person by the configured templates. Whatever the person is called, it lies below the base, and no
 * part of a name becomes part of the DN's structure (RFC 4514 section 2.4; attack class 49).
 *
 * @throws DomainError `directory-misconfigured` when the template leads elsewhere
 */
export function newEntry(person: NewPerson, settings: LdapSettings): NewEntry {
  const words = wordsOf(person, settings);
  const { registration } = settings;
  const filled = fill(registration.dn, words, (word, value) => (word === 'baseDn' ? value : escapeDnValue(value)));
  const dn = filled === undefined ? undefined : below(filled, settings.baseDn);
  if (dn === undefined || dn === settings.baseDn) {
    const detail = `directory ${settings.name}: registration.dn does not lead below baseDn`;
    throw new DomainError('directory-misconfigured', { detail });
  }
  const mapped = MAPPED_FIELDS.map((field) => [settings.attributes[field], words[field]] as const);
  const templates = Object.entries(registration.attributes).map(
    ([name, template]) => [name, fill(template, words, (_, value) => value)] as const,
  );
  const attributes = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of [...mapped, ...templates]) {
    if (name !== null && value !== undefined && value !== '')
      attributes.set(name.toLowerCase(), { name, values: [value] });
  }
  // An entry holds the values that it is named by (RFC 4512 section 2.3.1).
  for (const { type, value } of parseDn(dn)?.[0] ?? []) {
    const held = attributes.get(type) ?? { name: type, values: [] };
    attributes.set(type, { ...held, values: [...new Set([value, ...held.values])] });
  }
  const entries = [...attributes.values()].map(({ name, values }) => [name, values] as const);
  return { dn, attributes: { objectClass: registration.objectClasses, ...Object.fromEntries(entries) } };
}

/** A template with its words replaced; undefined when one of them has no value. */
function fill(template: string, words: Words, write: (word: Word, value: string) => string): string | undefined {
  let complete = true;
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const word = REGISTRATION_WORDS.find((known) => known === name);
    const value = word && words[word];
    if (word === undefined || value === undefined) complete = false;
    return word === undefined || value === undefined ? '' : write(word, value);
  });
  return complete ? filled : undefined;
}

function wordsOf(person: NewPerson, { baseDn }: LdapSettings): Words {
  const names = person.displayName.trim().split(/\s+/u);
  return {
    login: person.login,
    displayName: person.displayName,
    firstName: person.firstName ?? (names.length > 1 ? names[0] : undefined),
    // Every person has one in LDAP (RFC 4519 section 3.12).
    lastName: person.lastName ?? names.at(-1) ?? person.login,
    mail: person.mail,
    mobile: person.mobile,
    language: person.language,
    baseDn,
    domain: (parseDn(baseDn) ?? [])
      .flat()
      .filter(({ type }) => type === 'dc')
      .map(({ value }) => value)
      .join('.'),
  };
}

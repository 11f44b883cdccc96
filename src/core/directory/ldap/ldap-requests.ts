import ldapjs from 'ldapjs';
import type { LdapFilter } from './ldap-filters.js';

/** A request of ldapjs: numbered by the connection that sends it. */
export interface LdapRequest {
  id: number;
  toBer(): { readonly buffer: Buffer };
}

/** A control of ldapjs. */
export interface LdapControl {
  readonly type: string;
}

export interface SearchOptions {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'subtree';
  readonly filter: LdapFilter;
  readonly attributes: readonly string[];
  /** Entries at most; 0 for no limit. */
  readonly sizeLimit: number;
  /** Seconds that the server may take; 0 or absent for no limit. */
  readonly timeLimit?: number;
  readonly controls?: readonly LdapControl[];
}

/** One change of an entry; without values, `delete` removes the attribute and `replace` empties it. */
export interface LdapChange {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  readonly values: readonly (string | Buffer)[];
}

interface Common {
  readonly controls: readonly LdapControl[];
}

/** The parts of ldapjs 3 that encode requests. Its published types describe version 2 and lack them. */
interface Encoders {
  readonly BindRequest: new (options: { name: string; credentials: string } & Common) => LdapRequest;
  readonly UnbindRequest: new () => LdapRequest;
  readonly ModifyRequest: new (options: { object: unknown; changes: unknown[] } & Common) => LdapRequest;
  readonly AddRequest: new (options: { entry: unknown; attributes: unknown[] } & Common) => LdapRequest;
  readonly DeleteRequest: new (options: { entry: unknown } & Common) => LdapRequest;
  readonly ExtendedRequest: new (options: { requestName: string; requestValue?: unknown } & Common) => LdapRequest;
  readonly SearchRequest: new (options: Record<string, unknown>) => LdapRequest;
  readonly Change: new (options: { operation: string; modification: unknown }) => unknown;
  readonly Attribute: new (options: { type: string; values: readonly (string | Buffer)[] }) => unknown;
  readonly Control: new (options: { type: string; criticality: boolean }) => LdapControl;
  readonly DN: new () => { toString(): string };
}

const encoders = ldapjs as unknown as Encoders;

const START_TLS = '1.3.6.1.4.1.1466.20037';
const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1';
const NEVER_DEREFERENCE = 0;

/** A simple bind (RFC 4511 section 4.2). The caller has made sure that the password is not empty. */
export function bindRequest(name: string, password: string, controls: readonly LdapControl[] = []): LdapRequest {
  return new encoders.BindRequest({ name, credentials: password, controls });
}

export function unbindRequest(): LdapRequest {
  return new encoders.UnbindRequest();
}

export function startTlsRequest(): LdapRequest {
  return new encoders.ExtendedRequest({ requestName: START_TLS, controls: [] });
}

export function searchRequest({ base, filter, ...options }: SearchOptions): LdapRequest {
  return new encoders.SearchRequest({
    ...options,
    baseObject: new WrittenName(base),
    filter,
    derefAliases: NEVER_DEREFERENCE,
    controls: options.controls ?? [],
  });
}

/** Adds an entry with these attributes (RFC 4511 section 4.7). */
export function addRequest(
  dn: string,
  attributes: Readonly<Record<string, readonly (string | Buffer)[]>>,
): LdapRequest {
  const encoded = Object.entries(attributes).map(([type, values]) => new encoders.Attribute({ type, values }));
  return new encoders.AddRequest({ entry: new WrittenName(dn), attributes: encoded, controls: [] });
}

/** Deletes an entry without anything below it (RFC 4511 section 4.8). */
export function deleteRequest(dn: string): LdapRequest {
  return new encoders.DeleteRequest({ entry: new WrittenName(dn), controls: [] });
}

export function modifyRequest(
  dn: string,
  changes: readonly LdapChange[],
  controls: readonly LdapControl[] = [],
): LdapRequest {
  const encoded = changes.map(
    ({ operation, attribute, values }) =>
      new encoders.Change({ operation, modification: new encoders.Attribute({ type: attribute, values }) }),
  );
  return new encoders.ModifyRequest({ object: new WrittenName(dn), changes: encoded, controls });
}

/** Password modify (RFC 3062) of somebody else's password, without the old one. */
export function passwordModifyRequest(dn: string, password: string, controls: readonly LdapControl[]): LdapRequest {
  const requestValue = { userIdentity: dn, newPassword: password };
  return new encoders.ExtendedRequest({ requestName: PASSWORD_MODIFY, requestValue, controls });
}

/** A control without a value. */
export function control(oid: string, criticality: boolean): LdapControl {
  return new encoders.Control({ type: oid, criticality });
}

/** A control with a value in BER. ldapjs would write it as text, which not every byte survives. */
export function controlWithValue(oid: string, criticality: boolean, value: Buffer): LdapControl {
  return new ValueControl(oid, criticality, value);
}

/**
 * A name as a server or the operator wrote it, sent back letter by letter. ldapjs takes names apart and writes them
 * anew, whereby a backslash loses its escape and a leading `#` or space its meaning.
 */
class WrittenName extends encoders.DN {
  constructor(private readonly text: string) {
    super();
  }

  override toString(): string {
    return this.text;
  }
}

interface BerWriter {
  writeBuffer(value: Buffer, tag: number): void;
}

class ValueControl extends encoders.Control {
  constructor(
    type: string,
    criticality: boolean,
    private readonly bytes: Buffer,
  ) {
    super({ type, criticality });
  }

  /** Called by ldapjs in place of its own writing of the value. */
  _toBer(writer: BerWriter): void {
    writer.writeBuffer(this.bytes, 0x04);
  }
}

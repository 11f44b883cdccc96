import type { NewAuditEvent } from '../../core/audit/audit.js';
import { parametersOf } from './rpc-parameter.js';
import type { RpcMethodDeclaration } from './rpc-method.js';

type Detail = NonNullable<NewAuditEvent['detail']>;

/** The parameters of a call as the audit keeps them: no secrets, and no values where names say enough. */
export interface AuditedParameters {
  /** The name of a person as it was sent: `dn` or `username`. */
  readonly person: string | undefined;
  readonly domain: string | undefined;
  /** Everything else, as `params.<name>`. */
  readonly others: Detail;
}

/** Parameters that have a column of their own. */
const PERSON = ['dn', 'username'];
const DOMAIN = 'domain';

/** What the audit keeps of the parameters of a call; nothing before they have been read. */
export function auditedParameters(
  method: RpcMethodDeclaration<object> | undefined,
  params: object | undefined,
): AuditedParameters {
  const declared = method && params ? parametersOf(method.params) : [];
  const sent = declared.flatMap(({ name, secret }): [string, unknown][] => {
    const value: unknown = params && Reflect.get(params, name);
    return secret || value == null ? [] : [[name, value]];
  });
  const text = (names: readonly string[]): string | undefined =>
    sent.flatMap(([name, value]) => (names.includes(name) && typeof value === 'string' ? [value] : []))[0];
  const others = sent.filter(([name]) => !PERSON.includes(name) && name !== DOMAIN);
  return {
    person: text(PERSON),
    domain: text([DOMAIN]),
    others: Object.fromEntries(others.map(([name, value]) => [`params.${name}`, kept(value)])),
  };
}

/** Texts, numbers and lists of texts as they are; of objects and bytes only that they are there, or the names. */
function kept(value: unknown): Detail[string] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Map) return [...value.keys()].join(', ');
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.join(', ') : value.length;
  return 'object';
}

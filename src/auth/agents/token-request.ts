import type { FastifyRequest } from 'fastify';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { readBasicAuthorization } from '../../core/web/basic-authorization.js';
import { readBody } from '../../core/web/request-body.js';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, JsonError, readJson } from '../../core/web/strict-json.js';
import { invalidClient, OAuthError } from './oauth-error.js';

/** Credentials of a client as they were sent. */
export interface ClientCredentials {
  readonly clientId: string;
  /** The secret in each reading that the header allows: as it stands, and decoded (RFC 6749, section 2.3.1). */
  readonly secrets: readonly PlainSecret[];
}

type Fields = ReadonlyMap<string, string>;

/** Bytes of a token request's body. */
const LARGEST_BODY = 16 * 1024;

const GRANT = 'client_credentials';

/**
 * Reads a token request (RFC 6749, sections 2.3.1 and 4.4.2): fields as a form or as JSON, credentials in them or as Basic.
 * Nothing is read from the address, which ends up in logs (attack class 70).
 *
 * @throws OAuthError `invalid_request`, `unsupported_grant_type`, `invalid_client`
 * @throws BodyError
 */
export async function readTokenRequest(request: FastifyRequest): Promise<ClientCredentials> {
  const fields = readFields(await readBody(request.raw, LARGEST_BODY));
  const grant = fields.get('grant_type');
  if (grant === undefined) throw badRequest('grant_type is missing');
  if (grant !== GRANT) throw new OAuthError('unsupported_grant_type', `Only ${GRANT} is supported`);
  return readCredentials(request.headers.authorization, fields);
}

function readCredentials(header: string | undefined, fields: Fields): ClientCredentials {
  const id = fields.get('client_id');
  const secret = fields.get('client_secret');
  const basic = readBasicAuthorization(header);
  if (basic.kind === 'none') {
    if (header !== undefined || id === undefined || secret === undefined) throw invalidClient();
    return { clientId: id, secrets: [plainSecret(secret)] };
  }
  if (secret !== undefined) throw badRequest('Credentials are sent in two ways');
  if (basic.kind === 'malformed') throw invalidClient();
  const clientId = id ?? formDecoded(basic.user) ?? basic.user;
  if (clientId !== basic.user && clientId !== formDecoded(basic.user)) throw badRequest('Two clients are named');
  const decoded = formDecoded(basic.password);
  const secrets = [basic.password, ...(decoded === undefined ? [] : [plainSecret(decoded)])];
  return { clientId, secrets };
}

/** A form is told from JSON by how it begins, because clients are careless with content types. Empty fields count as absent. */
function readFields(bytes: Uint8Array): Fields {
  const text = Buffer.from(bytes).toString('utf8');
  const entries = text.trimStart().startsWith('{') ? jsonEntries(bytes) : [...new URLSearchParams(text)];
  const fields = new Map<string, string>();
  for (const [name, value] of entries) {
    if (fields.has(name)) throw badRequest('A field is repeated');
    if (typeof value !== 'string' || !isStorableText(value)) throw badRequest('A field is no text');
    if (value !== '') fields.set(name, value);
  }
  return fields;
}

function jsonEntries(bytes: Uint8Array): [string, unknown][] {
  try {
    const value = readJson(bytes);
    // The only fields that matter are texts; others may be anything.
    return isJsonObject(value) ? Object.entries(value).filter(([name]) => FIELDS.has(name)) : [];
  } catch (error) {
    if (error instanceof JsonError) throw badRequest('The body cannot be read');
    throw error;
  }
}

const FIELDS: ReadonlySet<string> = new Set(['grant_type', 'client_id', 'client_secret']);

function formDecoded(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    return isStorableText(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function badRequest(description: string): OAuthError {
  return new OAuthError('invalid_request', description);
}

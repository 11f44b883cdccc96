import type { FastifyRequest } from 'fastify';
import { readBody } from '../../core/web/request-body.js';
import { isJsonObject, JsonError, type JsonObject, readJsonText } from '../../core/web/strict-json.js';
import { strictFromTolerant } from './tolerant-json.js';

/** Bytes of a request's body (authentication methods, section 1.1). */
const LARGEST_BODY = 64 * 1024;

const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i;
/** What ISO-8859-1 is to Java, and to no browser: the WHATWG encoding standard reads it as windows-1252. */
const LATIN_1: ReadonlySet<string> = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'us-ascii']);

/**
 * Reads the parameters of a request: JSON whatever its content type says, in the declared charset or else UTF-8. An empty
 * body is `{}` (section 1.1).
 *
 * @param tolerant whether comments, bare names and trailing commas are taken
 * @throws BodyError when it is too large or incomplete
 * @throws JsonError for everything that is no JSON object
 */
export async function readRequest(request: FastifyRequest, tolerant: boolean): Promise<JsonObject> {
  const bytes = await readBody(request.raw, LARGEST_BODY);
  if (bytes.length === 0) return {};
  const text = decode(bytes, CHARSET.exec(request.headers['content-type'] ?? '')?.[1]);
  const value = readJsonText(tolerant ? strictFromTolerant(text) : text);
  if (!isJsonObject(value)) throw new JsonError('syntax');
  return value;
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  const label = charset?.toLowerCase() ?? 'utf-8';
  if (LATIN_1.has(label)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  try {
    return decoderOf(label).decode(bytes);
  } catch {
    throw new JsonError('not-utf8');
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** @throws RangeError for a charset that nobody knows */
function decoderOf(label: string): TextDecoder {
  return label === 'utf-8' || label === 'utf8' ? UTF_8 : new TextDecoder(label, { fatal: true });
}

import type { FastifyRequest } from 'fastify';
import { readBody } from '../../core/web/request-body.js';
import { isJsonObject, JsonError, type JsonObject, type JsonValue, readJson } from '../../core/web/strict-json.js';
import { RestRefusal } from './rest-refusal.js';
import { withoutTrailingCommas } from './trailing-commas.js';

/** Bytes of a body. Templates of a domain are the largest thing that is sent. */
const LARGEST_BODY = 64 * 1024;

/** Stands in for the type of a request that has none or a malformed one; see `leaveBodiesToRoutes`. */
const JSON_TYPE = /^\s*application\/json\s*(;|$)/i;

/**
 * The JSON object in a request's body. A missing content type is read as JSON, another one is 415 (iam-rest section 1).
 *
 * @param explicit demands that the type is there: a call that counts on a cookie must not be one that any page of the
 *   web can have a browser send (iam-rest section 9)
 * @throws RestRefusal 400/1400, 415/1415
 * @throws BodyError
 */
export async function readObject(request: FastifyRequest, explicit = false): Promise<JsonObject> {
  const type = request.headers['content-type'];
  if (type === undefined ? explicit : !JSON_TYPE.test(type)) throw new RestRefusal(1415, 'content type not JSON');
  const value = tolerantJson(await readBody(request.raw, LARGEST_BODY));
  if (!isJsonObject(value)) throw new RestRefusal(1400, 'body is not a JSON object');
  return value;
}

/** Strictly first, and then without trailing commas. */
function tolerantJson(bytes: Uint8Array): JsonValue {
  try {
    return readJson(bytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const again = error.reason === 'syntax' ? withoutTrailingCommas(Buffer.from(bytes).toString('utf8')) : undefined;
    return again === undefined ? refuse() : strictJson(again);
  }
}

function strictJson(text: string): JsonValue {
  try {
    return readJson(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return refuse();
  }
}

function refuse(): never {
  throw new RestRefusal(1400, 'body is not a JSON object');
}

import { LongNumber, isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { RpcError } from './rpc-error.js';

/** The `id` of a request as the JSON text that goes into the answer, so that it comes back digit by digit. */
export type RpcId = string;

export const NULL_ID: RpcId = 'null';

/** A request object (JSON-RPC 2.0 section 4). */
export interface RpcEnvelope {
  /** Undefined for a notification, which is run and not answered. */
  readonly id: RpcId | undefined;
  readonly method: string;
  readonly params: JsonValue | undefined;
}

/** A value that is no request object, with the id to answer to. */
export interface RefusedEnvelope {
  readonly id: RpcId;
  readonly refusal: RpcError;
}

/**
 * Reads one request object (manager-json-rpc section 3). Members that it does not know are ignored. What cannot be
 * read is answered even without an `id`, since nobody can tell whether it was a notification.
 */
export function readEnvelope(value: JsonValue): RpcEnvelope | RefusedEnvelope {
  if (!isJsonObject(value)) return refused(NULL_ID, 'Request not Object');
  const sent = member(value, 'id');
  const id = sent === undefined ? undefined : idText(sent);
  if (sent !== undefined && id === undefined) return refused(NULL_ID, 'Member id not String, Number or null');
  if (member(value, 'jsonrpc') !== '2.0') return refused(id, 'Member jsonrpc not "2.0"');
  const method = member(value, 'method');
  if (typeof method !== 'string') return refused(id, 'Member method not String');
  return { id, method, params: member(value, 'params') };
}

function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function idText(id: JsonValue): RpcId | undefined {
  if (id instanceof LongNumber) return id.source;
  return id === null || typeof id === 'string' || typeof id === 'number' ? JSON.stringify(id) : undefined;
}

function refused(id: RpcId | undefined, data: string): RefusedEnvelope {
  return { id: id ?? NULL_ID, refusal: new RpcError(-32600, data) };
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { invalid } from './auth-refusal.js';

/**
 * The request with its dotted keys put where they lead: `"user.domain.id"` becomes the key `domain.id` of `user`, so that
 * a reference can be sent as flat keys of the request (authentication methods, section 2.1). A request without such keys
 * comes back as it is.
 *
 * @param names the parameters that are objects; other dotted keys are unknown parameters
 * @throws AuthRefusal 102 when a key leads into something that is no object, or says what is there already differently
 */
export function foldRequest(request: JsonObject, names: ReadonlySet<string>): JsonObject {
  const dotted = Object.keys(request).filter((key) => names.has(headOf(key)));
  if (dotted.length === 0) return request;
  const folded = new Map<string, JsonValue>(Object.entries(request));
  // Each object is copied once: a body holds thousands of such keys.
  const holders = new Map<string, Map<string, JsonValue>>();
  for (const key of dotted) {
    const head = headOf(key);
    const rest = key.slice(head.length + 1);
    const value = request[key] ?? null;
    const holder = holders.get(head) ?? membersOf(folded.get(head) ?? {}, head);
    holders.set(head, holder);
    const there = holder.get(rest);
    if (there != null && value !== null && JSON.stringify(there) !== JSON.stringify(value)) throw invalid(key);
    holder.set(rest, there ?? value);
  }
  for (const [head, holder] of holders) folded.set(head, Object.fromEntries(holder));
  return Object.fromEntries(folded);
}

/** @throws AuthRefusal 102 for what is no object */
function membersOf(value: JsonValue, name: string): Map<string, JsonValue> {
  if (!isJsonObject(value)) throw invalid(name);
  return new Map(Object.entries(value));
}

/** What is before the first dot; empty without one. */
function headOf(key: string): string {
  const dot = key.indexOf('.');
  return dot < 1 ? '' : key.slice(0, dot);
}

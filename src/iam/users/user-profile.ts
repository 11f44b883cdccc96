import type { PersonProfile } from '../../people/person-profile.js';

/** Members with a place of their own in the directory, or that are ours to make. */
const ELSEWHERE = new Set(['id', 'login', 'name', 'pwd', 'domain', 'ext']);
const OPTS_ELSEWHERE = new Set(['email', 'isblocked', 'self_registered']);

/** The part of a user entity (iam-rest section 7) that a profile keeps. */
export function profileOf(user: Readonly<Record<string, unknown>>): PersonProfile {
  const { opts, ...others } = user;
  const kept = without(others, ELSEWHERE);
  return isObject(opts) ? { ...kept, opts: without(opts, OPTS_ELSEWHERE) } : kept;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(object: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

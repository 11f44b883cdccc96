import { type Role } from '../../core/administrators/administrator.entity.js';

/** Codes of roles with rights here, the highest first (user-requests section 2). */
const CODES = {
  ADMIN: 'global-admin',
  WORKSPACE_ADMIN: 'domain-admin',
  USER_MANAGER: 'user-manager',
} as const satisfies Record<string, Role>;
type RoleCode = keyof typeof CODES;

/** Other spellings that are taken. */
const SPELLINGS: Readonly<Record<string, RoleCode>> = { USER_ADMIN: 'USER_MANAGER' };

/** Codes of roles that other systems act on: kept and shown, without any right here. */
const WITHOUT_RIGHTS: ReadonlySet<string> = new Set(['DATASET_ADMIN', 'REPORT_ADMIN', 'DATA_ADMIN', 'SCHEMA_ADMIN']);

/** Roles as a call names them. */
export interface WireRoles {
  /** The highest of those with rights. */
  readonly role: Role | undefined;
  readonly others: readonly string[];
}

/** What a list of codes means; undefined when one is unknown. */
export function readRoles(codes: readonly string[]): WireRoles | undefined {
  const known = codes.map((code) => (Object.hasOwn(SPELLINGS, code) ? (SPELLINGS[code] ?? code) : code));
  if (!known.every((code) => isRoleCode(code) || WITHOUT_RIGHTS.has(code))) return undefined;
  const highest = (Object.keys(CODES) as RoleCode[]).find((code) => known.includes(code));
  return { role: highest && CODES[highest], others: known.filter((code) => WITHOUT_RIGHTS.has(code)) };
}

/** The codes of somebody's roles; what is kept of them may be anything. */
export function roleCodes(role: Role | undefined, others: unknown): string[] {
  const own = (Object.keys(CODES) as RoleCode[]).filter((code) => CODES[code] === role);
  const kept: readonly unknown[] = Array.isArray(others) ? others : [];
  const without = kept.filter((code): code is string => typeof code === 'string' && WITHOUT_RIGHTS.has(code));
  return [...own, ...new Set(without)];
}

function isRoleCode(code: string): code is RoleCode {
  return Object.hasOwn(CODES, code);
}

import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { type Product, productOf } from '../../tokens/products.js';
import type { HeldToken } from '../../tokens/token-store.js';
import type { Token } from '../../tokens/token.entity.js';

/** What rows about the tokens of one person are made with. */
export interface RowContext {
  readonly snapshot: ConfigurationSnapshot;
  /** The person, as the object `user`. */
  readonly user: () => WireObject;
}

/** A token of somebody, as the object `token` of section 5. Related objects are worked out when they are asked for. */
export function tokenRow(context: RowContext, held: HeldToken): WireObject {
  const { token, assignment } = held;
  const { snapshot, user } = context;
  const holders = (wanted: boolean) => () => (wanted ? [user()] : []);
  return {
    id: token.id,
    serial: token.serial,
    identifier: token.serial,
    status: token.status,
    description: token.description,
    product: () => productRow(productOf(snapshot, token.product), token),
    repository: null,
    confined: token.confinedAt !== null,
    users: holders(true),
    assignedUsers: holders(assignment.isOwner),
    sharedUsers: holders(!assignment.isOwner),
    tokenAssignments: () => [assignmentRow(context, held)],
    oobDeviceModel: deviceFact(token, 'deviceModel'),
    oobDeviceType: deviceFact(token, 'deviceType'),
  };
}

/** An assignment, as the object `tokenAssignment` of section 5. */
export function assignmentRow(context: RowContext, held: HeldToken): WireObject {
  const { assignment } = held;
  return {
    id: assignment.id,
    status: assignment.status,
    user: context.user,
    token: () => tokenRow(context, held),
    isOwner: assignment.isOwner,
    usageLimit: assignment.usageLimit,
    starts: assignment.starts,
    expires: assignment.expires,
    priority: assignment.priority,
    lastChangePin: assignment.lastChangePin,
    mustChangePin: assignment.mustChangePin,
    pinNeverExpires: assignment.pinNeverExpires,
    dateCreated: assignment.createdAt,
    lastUpdated: assignment.updatedAt,
  };
}

/** Digits and timer are those of the token, which may differ from what its product says today. */
function productRow(product: Product, { kind, state }: Token): WireObject {
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    id: product.code,
    name: product.name,
    manufacturerCode: product.manufacturerCode,
    productCode: product.productCode,
    method: product.method,
    functions: product.functions,
    digits: number(state['digits']),
    timer: number(state['period']),
    algorithm: ['TOTP', 'HOTP', 'OCRA'].includes(kind) ? `OATH ${kind}` : null,
  };
}

function deviceFact({ kind, state }: Token, name: 'deviceModel' | 'deviceType'): string | null {
  const value = kind === 'Push' ? state[name] : undefined;
  return typeof value === 'string' ? value : null;
}

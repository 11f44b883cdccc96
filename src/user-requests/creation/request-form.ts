import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import { REQUEST_TYPES, type RequestType } from '../request-types.js';

/** Types that anybody may ask for (user-requests section 2). */
const PUBLIC_TYPES: ReadonlySet<RequestType> = new Set(['PASSWORD_RESET', 'UNLOCK_ACCOUNT'] as const);

export function isPublicType(type: RequestType): boolean {
  return PUBLIC_TYPES.has(type);
}

/** @throws ApiRefusal 400 `request_type: missing`, `request_type: unknown value` */
export function requestTypeIn(form: FormParameters): RequestType {
  const word = form.required('request_type');
  const type = REQUEST_TYPES.find((known) => known === word);
  if (!type) throw ApiRefusal.parameter('request_type', 'unknown value');
  return type;
}

/**
 * Whether the person gets a PIN instead of a link. `CUSTOM` always does.
 *
 * @throws ApiRefusal 400 for words other than `true` and `false`
 */
export function wantsPin(form: FormParameters, type: RequestType): boolean {
  const word = form.optional('requestPin') ?? 'false';
  if (word !== 'true' && word !== 'false') throw ApiRefusal.parameter('requestPin', 'unknown value');
  return word === 'true' || type === 'CUSTOM';
}

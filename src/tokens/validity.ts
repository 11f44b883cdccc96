import type { NewAssignment, NewToken } from './token-store.js';

/** When a token works, as its maker says; kept in its state, because nobody has it yet. */
export interface Validity {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** For {@link NewToken}'s state. */
export function validityState({ notBefore, notAfter }: Validity): Record<string, string> {
  return {
    ...(notBefore && { notBefore: notBefore.toISOString() }),
    ...(notAfter && { notAfter: notAfter.toISOString() }),
  };
}

/** Reads what {@link validityState} wrote. */
export function validityIn(state: NonNullable<NewToken['state']>): Validity {
  const [notBefore, notAfter] = [state['notBefore'], state['notAfter']];
  return {
    ...(typeof notBefore === 'string' && { notBefore: new Date(notBefore) }),
    ...(typeof notAfter === 'string' && { notAfter: new Date(notAfter) }),
  };
}

/** The same for whoever is given the token. */
export function assignedValidity({ notBefore, notAfter }: Validity): Pick<NewAssignment, 'starts' | 'expires'> {
  return { ...(notBefore && { starts: notBefore }), ...(notAfter && { expires: notAfter }) };
}

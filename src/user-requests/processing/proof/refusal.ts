import type { RequestType } from '../../request-types.js';
import type { NotValidWord } from '../not-valid.js';

/** Why a call goes no further. */
export interface Refusal {
  readonly word: NotValidWord;
  /** Tries at the PIN that are left after a wrong one. */
  readonly left?: number;
  /** Of the request, once the right code was shown; before, nothing may depend on it. */
  readonly type?: RequestType;
}

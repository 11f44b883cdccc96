import type { CustomCall } from './custom-call.js';
import type { RequestType } from '../request-types.js';

/** What a call asks for, once its form is read. */
export interface Requested {
  readonly type: RequestType;
  /** The name in the path. */
  readonly name: string;
  readonly withPin: boolean;
  /** Of `CUSTOM`, and of no other type. */
  readonly custom: CustomCall | undefined;
  /** BCP 47 tag of the query's `locale`, for letters to people whose language the directory does not know. */
  readonly language: string | undefined;
}

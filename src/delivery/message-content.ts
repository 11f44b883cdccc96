import type { KeyRing } from '../core/crypto/key-ring.js';
import { plainSecret, type Sealed } from '../core/crypto/secret-types.js';
import type { LetterText } from './letters/letter.js';
import { MESSAGE_CONTENT } from './message.entity.js';

/** What a message needs to be written and addressed. Holds the link, so it is only ever stored sealed. */
export interface MessageContent {
  readonly to: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What stands in place of a template and its variables. */
  readonly letter?: LetterText | undefined;
}

export function sealContent(keyRing: KeyRing, { to, variables, letter }: MessageContent): Sealed {
  return keyRing.seal(plainSecret(JSON.stringify({ to, variables, letter })), MESSAGE_CONTENT);
}

/** @throws Error when the key is not in the ring any more, or the row was tampered with */
export function openContent(keyRing: KeyRing, sealed: Sealed): MessageContent {
  return JSON.parse(keyRing.open(sealed, MESSAGE_CONTENT)) as MessageContent;
}

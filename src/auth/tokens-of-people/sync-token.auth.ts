import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { SyncCodesParam } from './sync-codes.js';
import { Synchronisation } from './synchronisation.js';
import { UserAndTokenParameters } from './target-parameters.js';

class SyncTokenParameters extends UserAndTokenParameters {
  @SyncCodesParam({
    required: true,
    description: 'Two passcodes that the token showed one after the other, with a comma between them; or three.',
  })
  credential!: readonly PlainSecret[];
}

/** `/auth/syncToken` (authentication methods, section 4.12). */
@Injectable()
export class SyncTokenMethod {
  constructor(private readonly synchronisation: Synchronisation) {}

  @AuthMethod({
    name: 'syncToken',
    summary: 'Bring a one-time password token back into step',
    description:
      'None of the passcodes is good for a logon afterwards. Codes that are not in sequence, were used, or stand in several ' +
      'places count as a failed attempt; of the last, three are unambiguous. 235 where the policy of the category ' +
      '`self-service` switches it off.',
    permission: 'manage-tokens',
    changes: true,
    parameters: SyncTokenParameters,
    result: 'none',
    codes: [200, 201, 202, 203, 204, 235, 240, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 303, 310],
    examples: [
      {
        summary: 'With two codes',
        request: { user: { id: 'u-1093' }, token: { serial: '70011852' }, credential: '450130,796651' },
        response: { error: 0 },
      },
    ],
  })
  syncToken({ user, token, credential }: SyncTokenParameters, caller: AuthCaller): Promise<void> {
    return this.synchronisation.run(caller, { user, token }, credential);
  }
}

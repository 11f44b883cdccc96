import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod, type Wanted } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam, SecretParam, TextParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { type ObjectType, text } from '../../surfaces/auth-envelope/object-type.js';
import { Credential } from '../credentials/credential.js';
import { UserAndTokenParameters } from './target-parameters.js';
import { TokenDownload } from './token-download.js';
import { tokenKeyUri } from './token-key-uri.js';

const DOWNLOADED_TOKEN: ObjectType = {
  name: 'downloadedToken',
  attributes: {
    id: text('Identifier.'),
    serial: text('Serial number.'),
    uri: text('`otpauth://` URI with the key in it, given once. `*` does not ask for it.'),
  },
  onlyNamed: ['uri'],
};

class Device {
  @TextParam({ description: 'Model, e.g. `Pixel 8`.' })
  model?: string;

  @TextParam({ description: 'Sort, e.g. `Android`.' })
  type?: string;

  @TextParam({ description: 'What the app knows the device by.' })
  id?: string;
}

class DownloadTokenParameters extends UserAndTokenParameters {
  @SecretParam({
    maxLength: 64,
    description:
      'Hash of the authorisation code, as that of an activation code; where the policy of the product asks for one. ' +
      'Where the server sends codes, a call without it has one sent.',
  })
  acHash?: PlainSecret;

  @ObjectParam(Credential, { description: 'The static password, where the policy of the product asks for it.' })
  credential?: Credential;

  @ObjectParam(Device, { description: 'Where the token goes; for the audit.' })
  device?: Device;
}

/** `/auth/downloadToken` (authentication methods, section 4.13). */
@Injectable()
export class DownloadTokenMethod {
  constructor(
    private readonly download: TokenDownload,
    private readonly keyRing: KeyRing,
  ) {}

  @AuthMethod({
    name: 'downloadToken',
    summary: 'Put a software token on a device of its person',
    description:
      'Only where the policy of the product allows it (`inAppDownload`), and on one device: the token is confined then, ' +
      'until an administrator releases it. Without `return` the call only marks it. Its key is handed out by `uri` alone, ' +
      'once, to an agent that calls over mutual TLS and has the permission `export-keys`.',
    permission: 'manage-tokens',
    changes: true,
    parameters: DownloadTokenParameters,
    result: 'object',
    returns: { type: DOWNLOADED_TOKEN, defaults: [] },
    codes: [
      200, 201, 202, 203, 204, 205, 240, 241, 242, 250, 251, 252, 253, 255, 300, 303, 341, 342, 343, 350, 351, 353,
    ],
    examples: [
      {
        summary: 'With the authorisation code that the person was sent',
        request: {
          user: { id: 'u-1093' },
          token: { serial: '70011852' },
          acHash: 'gbbncKqwtAvyX0TkBapdfag2qzI=',
          device: { model: 'Pixel 8', type: 'Android' },
        },
        response: { error: 0 },
      },
    ],
  })
  async downloadToken(
    { user, token, ...shown }: DownloadTokenParameters,
    caller: AuthCaller,
    wanted: Wanted,
  ): Promise<WireObject> {
    const { found, held } = await this.download.run(caller, { user, token }, { ...shown, key: wanted.has('uri') });
    const { id, serial } = held.token;
    return { id, serial, uri: () => tokenKeyUri(this.keyRing, found, held.token) };
  }
}

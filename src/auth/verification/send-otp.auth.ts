import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam, TextParam, WordParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { date, type ObjectType, text, word } from '../../surfaces/auth-envelope/object-type.js';
import {
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Credential } from '../credentials/credential.js';
import { WIRE_CHANNELS, type WireChannel } from '../../core/policies/channel-names.js';
import { PasscodeSending } from './passcode-sending.js';

const SENT_PASSCODE: ObjectType = {
  name: 'sentPasscode',
  attributes: {
    channel: word(WIRE_CHANNELS, 'How it went.'),
    address: text('Where it went, masked.'),
    expires: date('Until when it works.'),
  },
};

class SendOptions {
  @WordParam({ words: WIRE_CHANNELS, description: 'Channel; the first allowed one with an address when absent.' })
  channel?: WireChannel;

  @TextParam({ description: 'Name of the message template; `One Time Password` is the only one.' })
  template?: string;
}

class SendOtpParameters {
  @ReferenceParam(USER, { required: true, description: 'To whom it is sent.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { description: 'The T-Pass; the person’s first one when absent.' })
  token?: TokenReference;

  @ObjectParam(SendOptions, { description: 'How it is sent.' })
  options?: SendOptions;

  @ObjectParam(Credential, {
    description: 'The static password, where the policy asks for it before a passcode is sent.',
  })
  credential?: Credential;
}

/** `/auth/sendOTP` (authentication methods, section 4.10). */
@Injectable()
export class SendOtpMethod {
  constructor(private readonly sending: PasscodeSending) {}

  @AuthMethod({
    name: 'sendOTP',
    summary: 'Send a person a passcode',
    description:
      'Success means that it was handed to the gateway. The address is read from the directory. A new passcode voids the ' +
      'one before, and only this agent may have it checked.',
    permission: 'send-codes',
    changes: true,
    parameters: SendOtpParameters,
    result: 'object',
    returns: { type: SENT_PASSCODE, defaults: [] },
    codes: [
      200, 201, 202, 203, 204, 205, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 300, 303, 341, 342, 343, 344,
    ],
    examples: [
      {
        summary: 'By SMS',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          token: { serial: '88000213' },
          options: { channel: 'SMS' },
        },
        response: { error: 0 },
      },
    ],
  })
  async sendOTP(parameters: SendOtpParameters, caller: AuthCaller): Promise<WireObject> {
    const { channel, address, expires } = await this.sending.send(caller, parameters);
    return { channel, address, expires };
  }
}

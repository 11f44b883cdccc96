import { Injectable } from '@nestjs/common';
import { WIRE_CHANNELS, type WireChannel } from '../../core/policies/channel-names.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam, TextParam, WordParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import { invalid } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { nullableDate, type ObjectType, text, word } from '../../surfaces/auth-envelope/object-type.js';
import { WIRE_NAME_OF } from '../../tokens/wire-channels.js';
import { ActivationCodeSending } from './activation-code-sending.js';
import { TargetParameters } from './target-parameters.js';

const LONGEST_URL = 500;

const SENT_CODE: ObjectType = {
  name: 'sentActivationCode',
  attributes: {
    channel: word(WIRE_CHANNELS, 'How it went.'),
    address: text('Where it went, masked.'),
    expires: nullableDate('Until when the code works; null = without end.'),
  },
};

const CHANNEL = { words: WIRE_CHANNELS, description: 'Channel; that of the policy `activationCode` when absent.' };

class SendingOptions {
  @WordParam(CHANNEL)
  channel?: WireChannel;
}

class SendActivationCodeParameters extends TargetParameters {
  @WordParam(CHANNEL)
  channel?: WireChannel;

  @ObjectParam(SendingOptions, { description: 'Where some clients put the channel.' })
  options?: SendingOptions;

  @TextParam({
    maxLength: LONGEST_URL,
    description:
      'Address of the page that the message names: HTTPS, on a host of the setting `activation_page_hosts`. The setting ' +
      '`activation_page` when absent.',
  })
  provisioningUrl?: string;
}

/** `/auth/sendActivationCode` (authentication methods, section 4.11). */
@Injectable()
export class SendActivationCodeMethod {
  constructor(private readonly sending: ActivationCodeSending) {}

  @AuthMethod({
    name: 'sendActivationCode',
    summary: 'Send a person the activation code of a token',
    description:
      'A code that works is sent again as it is, with the time and the attempts that it has left; otherwise one is made. ' +
      'Half a minute apart, five times in a quarter of an hour. 235 where the policy of the category `self-service` ' +
      'switches it off.',
    permission: 'send-codes',
    changes: true,
    parameters: SendActivationCodeParameters,
    result: 'object',
    returns: { type: SENT_CODE, defaults: [] },
    codes: [200, 201, 202, 203, 204, 235, 240, 241, 242, 250, 251, 252, 253, 255, 258, 341, 342, 343, 344, 352],
    examples: [
      {
        summary: 'By mail',
        request: { user: { id: 'u-1093' }, token: { serial: '70011852' }, channel: 'SMTP' },
        response: { error: 0 },
      },
    ],
  })
  async sendActivationCode(
    { channel, options, provisioningUrl, ...reference }: SendActivationCodeParameters,
    caller: AuthCaller,
  ): Promise<WireObject> {
    if (channel && options?.channel && channel !== options.channel) throw invalid('options.channel');
    const wish = { channel: channel ?? options?.channel, provisioningUrl };
    const sent = await this.sending.send(caller, reference, wish);
    return { channel: WIRE_NAME_OF[sent.channel], address: sent.recipient, expires: sent.expiresAt };
  }
}

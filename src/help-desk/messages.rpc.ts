import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { DomainError } from '../core/errors/domain-error.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { SendMailParams, SendSmsParams } from './dto/message.params.js';
import { Letters } from './letters.js';

/** Messages that administrators write and address themselves. */
@Injectable()
export class MessagesRpc {
  constructor(private readonly letters: Letters) {}

  @RpcMethod({
    name: 'Send_Mail',
    summary: 'Send a mail to any address',
    description:
      'Plain text, as it is. `false`: not one address, a sender that is no declared mail account, a certificate (nothing ' +
      'is encrypted here, and nothing is sent in clear that was to be), the limit of `manager_messages_per_hour`, or a ' +
      'relay that refuses for good. A relay that does not answer is tried again, and the answer is `true`.',
    right: 'send-messages',
    changes: true,
    act: 'letter',
    params: SendMailParams,
    result: BOOLEAN_RESULT,
    examples: [
      {
        summary: 'With a file',
        params: {
          to: 'jane.doe@example.test',
          subject: 'Your ticket 812',
          body: 'Hello Jane,\n\nplease see the file.',
          attachments: [{ name: 'note.txt', data: 'SGVsbG8K' }],
        },
        result: true,
      },
    ],
  })
  async mail(params: SendMailParams, caller: AdministratorCaller): Promise<boolean> {
    if (params.certificate !== undefined) throw new DomainError('feature-locked', { detail: 'mail is not encrypted' });
    const attachments = params.attachments ?? [];
    await this.letters.send(caller, {
      channel: 'MAIL',
      to: params.to,
      subject: params.subject,
      text: params.body,
      from: params.from,
      attachments: attachments.map(({ name, data }) => ({ name, data: Buffer.from(data).toString('base64') })),
    });
    return true;
  }

  @RpcMethod({
    name: 'Send_SMS',
    summary: 'Send an SMS to any number',
    description:
      '`false`: not one international number, a sender that cannot be shown, the limit of `manager_messages_per_hour` ' +
      'or a budget for SMS, or a gateway that refuses for good.',
    right: 'send-messages',
    changes: true,
    act: 'letter',
    params: SendSmsParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'A short one', params: { to: '+35226000001', message: 'Ticket 812 is solved.' }, result: true },
    ],
  })
  async sms({ to, message, from }: SendSmsParams, caller: AdministratorCaller): Promise<boolean> {
    await this.letters.send(caller, { channel: 'SMS', to, subject: '', text: message, from, attachments: [] });
    return true;
  }
}

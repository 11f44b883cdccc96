import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { SendRequestParams } from './dto/send-request.params.js';
import { PasswordResetService } from './pwreset.service.js';

/** Password reset on the Manager JSON-RPC surface. */
@Injectable()
export class PasswordResetRpc {
  constructor(private readonly passwordResets: PasswordResetService) {}

  @RpcMethod({
    name: 'PwReset.Send_Request',
    summary: 'Send a person a one-time link to set a new password',
    description:
      'The link is returned whatever the delivery method. It works once, until its deadline, and a newer one for the ' +
      'same person replaces it. `false`: a value out of range or an unknown word, no address for the channel, every ' +
      'delivery refused, too many links for this person, a directory that forbids the change, or a second factor asked ' +
      'for that cannot be had.',
    right: 'send-links',
    changes: true,
    person: 'usable',
    act: 'password-reset',
    params: SendRequestParams,
    result: {
      oneOf: [
        { type: 'string', format: 'uri' },
        { type: 'boolean', enum: [false] },
      ],
    },
    examples: [
      {
        summary: 'By mail and SMS, for three days',
        params: {
          username: 'Jane Doe',
          domain: 'RCDEVSDOCS',
          method: 'MAILSMS',
          expires: 72,
          comments: 'Ticket 812',
        },
        result: 'https://id.example.test/webapps/pwreset/?req=Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs',
      },
    ],
  })
  sendRequest(params: SendRequestParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    return this.passwordResets.send(caller, found, {
      username: params.username,
      domain: params.domain,
      method: params.method,
      expires: params.expires,
      comments: params.comments,
      mfa: params.mfa,
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { SendEnrolmentParams } from './dto/send-enrolment.params.js';
import { EnrolmentService } from './selfreg.service.js';

/** Enrolment by link on the Manager JSON-RPC surface. */
@Injectable()
export class EnrolmentRpc {
  constructor(private readonly enrolments: EnrolmentService) {}

  @RpcMethod({
    name: 'SelfReg.Send_Request',
    summary: 'Send a person a one-time link to enrol an authenticator',
    description:
      'The link is returned whatever the delivery method. It works once, until its deadline, and a newer one for the ' +
      'same person replaces it. `false`: a value out of range or an unknown word, an item that does not belong to the ' +
      'application or that the domain does not allow, no address for the channel, every delivery refused, too many links ' +
      'for this person.',
    right: 'send-links',
    changes: true,
    person: 'usable',
    act: 'token-enrolment',
    params: SendEnrolmentParams,
    result: {
      oneOf: [
        { type: 'string', format: 'uri' },
        { type: 'boolean', enum: [false] },
      ],
    },
    examples: [
      {
        summary: 'A token for the first slot, by mail, for two days',
        params: {
          username: 'jane',
          domain: 'ACME',
          method: 'MAIL',
          application: 'OpenOTP',
          item: 'Token1',
          expires: 48,
          comments: 'Ticket 812',
        },
        result: 'https://portal.example.test/webapps/selfreg/?req=Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs',
      },
    ],
  })
  sendRequest(params: SendEnrolmentParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    return this.enrolments.send(caller, found, {
      username: params.username,
      domain: params.domain,
      method: params.method,
      expires: params.expires,
      comments: params.comments,
      application: params.application,
      item: params.item,
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { Database } from '../core/database/database.js';
import { type FoundPerson, requireUsable } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { requestedPerson } from '../tokens/kinds/certificate/certificate-request.js';
import { Certificates } from '../tokens/kinds/certificate/certificates.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { SignRequestParams } from './dto/certificate.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANES_REQUEST } from './samples.js';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----';

/** Certificates that administrators have signed for people. */
@Injectable()
export class CertificateRequestsRpc {
  constructor(
    private readonly people: ReachablePeople,
    private readonly certificates: Certificates,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'Sign_Certificate_Request',
    summary: 'Sign a certificate request for a person',
    description:
      'The subject of the request names the person: `UID`, or else `CN`, is the login and `O` the domain, the default one ' +
      'when absent. What the certificate says comes from the directory; of the request only the key is taken. It becomes ' +
      'the certificate of that person, in place of the one before, which is revoked. `false`: no authority is configured ' +
      '(`pki`), no request, a key or signature that is too weak, a number of days out of range.',
    right: 'handle-authenticators',
    changes: true,
    act: AUTHENTICATOR_CHANGE,
    params: SignRequestParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'For a month', params: { request: JANES_REQUEST, expires: 30 }, result: PEM }],
  })
  async sign({ request, expires }: SignRequestParams, caller: AdministratorCaller): Promise<string> {
    const found = await this.subject(request, caller);
    const issued = await this.certificates.sign(found, request, expires);
    await this.database.transaction((tx) => this.certificates.enrol(tx, holderOf(caller, found), issued));
    return issued.pem.trimEnd();
  }

  /** Nobody can be named by the call, so the subject says who is meant; the caller has to reach them. */
  private async subject(request: string, caller: AdministratorCaller): Promise<FoundPerson> {
    const { login, domain } = requestedPerson(request);
    if (login === undefined) throw new DomainError('certificate-request-not-valid', { detail: 'subject' });
    const found = await this.people.find(caller, { username: login, domain });
    requireUsable(found);
    return found;
  }
}

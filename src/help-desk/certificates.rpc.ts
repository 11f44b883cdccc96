import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import { BOOLEAN_RESULT, TEXTS_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { CERTIFICATE_ATTRIBUTE, isWithinTime, pemCertificate, storedCertificate, toPem } from './certificates.js';
import { GetCertificatesParams, RemoveCertificateParams } from './dto/attributes.params.js';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----';
const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** The certificates of people in their directory. */
@Injectable()
export class CertificatesRpc {
  constructor(private readonly clock: Clock) {}

  @RpcMethod({
    name: 'Get_User_Certificates',
    summary: 'List the certificates of a person',
    description: 'In PEM, from the attribute `userCertificate`. Values that are no certificate are left out.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: GetCertificatesParams,
    result: TEXTS_RESULT,
    examples: [{ summary: 'Those that are valid', params: { dn: JANE, valid: true }, result: [PEM] }],
  })
  async certificates(
    { valid }: GetCertificatesParams,
    _caller: AdministratorCaller,
    { directory, person }: FoundPerson,
  ): Promise<readonly string[]> {
    const attributes = await capability(directory, 'attributes').read(person, [CERTIFICATE_ATTRIBUTE]);
    const certificates = Object.values(attributes)
      .flat()
      .flatMap((value) => storedCertificate(value) ?? []);
    const now = this.clock.now();
    return certificates.filter((certificate) => !valid || isWithinTime(certificate, now)).map(toPem);
  }

  @RpcMethod({
    name: 'Remove_User_Certificate',
    summary: 'Take a certificate away from a person',
    description: '`false`: the person does not have this certificate, or it is none.',
    right: 'change-people',
    changes: true,
    person: 'any',
    params: RemoveCertificateParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One certificate', params: { dn: JANE, certificate: PEM }, result: true }],
  })
  async remove(
    { certificate: pem }: RemoveCertificateParams,
    _caller: AdministratorCaller,
    { directory, person }: FoundPerson,
  ): Promise<boolean> {
    const wanted = pemCertificate(pem);
    const attributes = capability(directory, 'attributes');
    const held = Object.entries(await attributes.read(person, [CERTIFICATE_ATTRIBUTE]));
    for (const [name, values] of held) {
      const value = values.find(
        (stored) => wanted && storedCertificate(stored)?.fingerprint256 === wanted.fingerprint256,
      );
      if (value === undefined) continue;
      await attributes.change(person, [{ operation: 'remove', name, values: [value] }]);
      return true;
    }
    throw new DomainError('nothing-to-change');
  }
}

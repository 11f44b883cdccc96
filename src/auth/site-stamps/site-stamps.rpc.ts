import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { auditedCall } from '../../core/administrators/audited-call.js';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { BOOLEAN_RESULT } from '../../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../../surfaces/json-rpc/rpc-result.js';
import { applicationModel } from '../applications/application-model.js';
import { NameStampParams, SetStampParams, StampedPersonParams } from './site-stamps.params.js';
import { SiteStamps } from './site-stamps.js';

/** Name of a stamp that is given none. */
const MAIN = 'main';
const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** Methods for administrators and portals about the marks of people; not part of the published interface. */
@Injectable()
export class SiteStampsRpc {
  constructor(
    private readonly stamps: SiteStamps,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  @RpcMethod({
    name: 'SiteStamps.List',
    summary: 'List a person’s site stamps',
    description: 'By name. `image` says whether there is one; `application` is its name, or empty for all.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: StampedPersonParams,
    result: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'text', 'image', 'application'],
        properties: {
          name: { type: 'string' },
          text: { type: 'string' },
          image: { type: 'boolean' },
          application: { type: 'string' },
        },
      },
    },
    examples: [
      {
        summary: 'Of one person',
        params: { dn: JANE },
        result: [{ name: 'main', text: 'blue kettle', image: false, application: '' }],
      },
    ],
  })
  async list(_params: StampedPersonParams, _caller: AdministratorCaller, found: FoundPerson): Promise<RpcResult> {
    const { byId } = applicationModel(await this.configuration.snapshot());
    const stamps = await this.stamps.of(this.database.manager, found.account.id);
    return stamps.map(({ name, text, image, applicationId }) => ({
      name,
      text: text ?? '',
      image: image !== null,
      application: byId.get(applicationId ?? '')?.name ?? '',
    }));
  }

  @RpcMethod({
    name: 'SiteStamps.Set',
    summary: 'Set a site stamp of a person',
    description: 'In place of the one with the same name. Words, a PNG of 64 KiB at most, or both.',
    right: 'change-people',
    changes: true,
    person: 'usable',
    act: 'site-stamp',
    params: SetStampParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Words', params: { dn: JANE, text: 'blue kettle' }, result: true }],
  })
  async set(params: SetStampParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    const applicationId = await this.applicationId(params.application);
    const { name = MAIN, text, image } = params;
    await this.database.transaction(async (tx) => {
      await this.stamps.set(tx, found.account.id, { name, text, image, applicationId });
      await this.audit.record(tx, {
        event: 'site-stamp.set',
        outcome: 'success',
        ...auditedCall(caller, found),
        detail: { name },
      });
    });
    return true;
  }

  @RpcMethod({
    name: 'SiteStamps.Remove',
    summary: 'Remove a site stamp of a person',
    description: '`false`: there is none with this name.',
    right: 'change-people',
    changes: true,
    person: 'any',
    act: 'site-stamp',
    params: NameStampParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'By its name', params: { dn: JANE, name: 'main' }, result: true }],
  })
  async remove({ name = MAIN }: NameStampParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.stamps.remove(tx, found.account.id, name))) return false;
      await this.audit.record(tx, {
        event: 'site-stamp.removed',
        outcome: 'success',
        ...auditedCall(caller, found),
        detail: { name },
      });
      return true;
    });
  }

  /** @throws DomainError `value-out-of-range` for an application that is not declared */
  private async applicationId(name: string | undefined): Promise<string | undefined> {
    if (name === undefined || name === '') return undefined;
    const application = applicationModel(await this.configuration.snapshot()).byName.get(foldName(name));
    if (!application) throw new DomainError('value-out-of-range', { params: { parameter: 'application' } });
    return application.id;
  }
}

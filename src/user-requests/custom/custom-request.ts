import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { Account } from '../../core/directory/account.entity.js';
import { type FoundPerson, isUsable } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { describeError } from '../../core/logging/describe-error.js';
import { personAt } from '../../core/requests/request-sessions.js';
import { PersonStates } from '../../people/person-states.js';
import { customRequestEndpoints } from '../creation/creation-settings.js';
import type { Outcome } from '../processing/outcome.js';
import type { ProcessingCall } from '../processing/processing-call.js';
import type { ProcessedType, ProvenRequest } from '../processing/request-type.js';
import { Consumption } from '../processing/types/consumption.js';
import { userRequestPayload } from '../request-types.js';
import { LocalEndpoints } from './local-endpoints.js';

/**
 * `CUSTOM`: runs an endpoint of this server as the person, with the person's rights, once (user-requests section 3). The
 * request is used up before; what the endpoint does is not tried again, whatever it answers. A person who was made for the
 * request becomes active with it, because the PIN proved that the address is theirs.
 */
@Injectable()
export class CustomRequest implements ProcessedType {
  private readonly logger = new Logger(CustomRequest.name);

  constructor(
    private readonly consumption: Consumption,
    private readonly states: PersonStates,
    private readonly endpoints: LocalEndpoints,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  async process(proven: ProvenRequest, call: ProcessingCall): Promise<Outcome> {
    const { withPin, activates = false } = userRequestPayload(proven.request);
    const person = withPin && activates ? activated(proven.found) : proven.found;
    if (!isUsable(person)) return { kind: 'refused', word: 'USER_INACTIVE' };
    const { address, correlationId } = call.client;
    const by = { actor: 'person', clientAddress: address, correlationId };
    const consumed = await this.consumption.consume(proven, call.client, async (tx) => {
      if (person !== proven.found) await this.states.activateIn(tx, proven.found, by);
    });
    if (!consumed) return { kind: 'refused', word: 'NOT_FOUND' };
    return { kind: 'text', text: (await this.run(proven, person, call)) ? 'OK' : 'ERROR' };
  }

  private async run(proven: ProvenRequest, found: FoundPerson, { client }: ProcessingCall): Promise<boolean> {
    const { endpoint = '', parameters = [] } = userRequestPayload(proven.request);
    const status = await this.statusOf(endpoint, () =>
      this.endpoints.run({ found, client, tokenId: `request ${proven.request.id}` }, { endpoint, parameters }),
    );
    const good = status !== undefined && status >= 200 && status < 300;
    await this.audit.record(this.database.manager, {
      event: `${proven.purpose.name}.run`,
      ...(good ? { outcome: 'success' } : { outcome: 'failed', code: 'internal' }),
      ...personAt(proven, client),
      accountId: found.account.id,
      requestId: proven.request.id,
      detail: { endpoint, status: status ?? null },
    });
    return good;
  }

  /** What it answered; undefined when it is not on the list any more, or did not answer. */
  private async statusOf(endpoint: string, run: () => Promise<number>): Promise<number | undefined> {
    if (!(await this.configuration.snapshot()).setting(customRequestEndpoints).includes(endpoint)) return undefined;
    try {
      return await run();
    } catch (error) {
      this.logger.error({ msg: 'an endpoint of a request failed', endpoint, error: describeError(error) });
      return undefined;
    }
  }
}

/** The person as they are once the transaction that uses the request up has made them active. */
function activated(found: FoundPerson): FoundPerson {
  const account = Object.assign(new Account(), found.account, { state: 'active' } as const);
  return { ...found, account };
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { sendsPerPersonPerHour } from '../../core/requests/request-settings.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { Outbox } from '../../delivery/outbox.js';
import { anonymousCreator } from '../links/anonymous.js';
import { IamLinks } from '../links/iam-links.js';
import { selfRegistration } from '../links/link-purposes.js';
import type { MailHolder } from '../links/mail-holders.js';
import type { RegistrationOrder } from './registration-order.js';
import { selfRegisterTtl } from './registration-settings.js';

const HOUR = 3_600;
/** What the digest of an address is for that letters of registration are counted for. */
const ADDRESS = 'registration address';

/** Letters to people who registered: the link, or that they have an account already (iam-rest section 3.1). */
@Injectable()
export class RegistrationLetters {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly links: IamLinks,
    private readonly outbox: Outbox,
    private readonly throttle: Throttle,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
  ) {}

  /** Whether one more letter may go to an address in this hour (attack class 67); counts it. */
  async hasRoom(domain: Domain, email: string): Promise<boolean> {
    const limit = (await this.configuration.snapshot()).setting(sendsPerPersonPerHour, domain.id);
    const subject = this.keyRing.digest(plainSecret(email.toLowerCase()), ADDRESS);
    return (await this.throttle.hit({ name: 'registration letters', limit, window: HOUR }, subject)).allowed;
  }

  /** Makes the request and writes its link, the older ones of the same login and address end. */
  async sendLink(domain: Domain, order: RegistrationOrder): Promise<void> {
    const { login, name, email, language } = order;
    const validSeconds = (await this.configuration.snapshot()).setting(selfRegisterTtl);
    await this.database.transaction((tx) =>
      this.links.writeToNewcomer(
        tx,
        {
          purpose: selfRegistration,
          domain,
          login,
          creator: anonymousCreator(order),
          validSeconds,
          payload: { name, email: email.toLowerCase(), ...(language !== null && { language }) },
        },
        { kind: 'self_register', message: 'registration-link', to: email, name, language: language ?? undefined },
      ),
    );
  }

  /** Tells somebody who has an account already that it was asked for again. The address is the directory's. */
  async tellOwner(domain: Domain, { person, mail }: MailHolder, order: RegistrationOrder): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.outbox.enqueue(tx, {
        channel: 'MAIL',
        purpose: 'account-exists',
        to: mail,
        language: person.language ?? order.language ?? undefined,
        variables: {
          USERNAME: person.login,
          DOMAIN: domain.name,
          FULLNAME: person.displayName,
          ADDRESS: order.address,
        },
        domainId: domain.id,
        accountId: null,
        requestId: null,
      });
      await this.audit.record(tx, {
        event: 'self-registration.address-taken',
        outcome: 'refused',
        actor: 'anonymous',
        clientAddress: order.address,
        correlationId: order.correlationId,
        domain: domain.name,
        target: person.dn,
      });
    });
  }
}

import { randomUUID } from 'node:crypto';
import { People } from '../../src/core/directory/people.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import type { EnrolmentHolder } from '../../src/tokens/enrolment/enrolment-holder.js';
import type { PersonFields } from './factory.js';
import type { Services } from './services.js';

/** A person of the domain with a request that lets them enrol. */
export async function enrolmentHolder(
  services: Services,
  domain: Domain,
  fields: PersonFields = {},
): Promise<EnrolmentHolder> {
  const { login } = await services.factory.person(domain, fields);
  const found = await services.get(People).byLogin(domain, login);
  return { found, requestId: randomUUID(), context: { actor: 'person', domain: domain.name, target: login } };
}

import { Administrator } from '../../administrators/administrator.entity.js';
import { ConfigurationError, type ConfigurationProblem } from '../../config/configuration-error.js';
import type { Tx } from '../../database/database.js';
import { Domain } from '../domain.entity.js';
import { StoredSetting } from '../stored-setting.entity.js';
import type { DomainUse } from './current-state.js';
import type { DesiredDomain } from './desired-state.js';
import { type PlanInput, type Step, turned } from './plan.js';

/**
 * Domains of the file, and those it does not name.
 *
 * @throws ConfigurationError when a domain that people or requests hang on is to be deleted
 */
export function planDomains(input: PlanInput): Step[] {
  const { desired, current } = input;
  const byKey = new Map(current.domains.map((domain) => [domain.nameKey, domain]));
  const wanted = desired.domains.flatMap((domain) => planDomain(input, domain, byKey.get(domain.nameKey)));
  const named = new Set(desired.domains.map(({ nameKey }) => nameKey));
  const others = current.domains.filter(({ nameKey }) => !named.has(nameKey));
  return [...wanted, ...leftOver(input, others)];
}

function planDomain(input: PlanInput, desired: DesiredDomain, current: Domain | undefined): Step[] {
  const { name, nameKey, directory, blocked } = desired;
  const subject = `domain ${name}`;
  if (!current) {
    const id = input.domainIds.get(nameKey);
    const write: Step['write'] = async (tx) => {
      await tx.insert(Domain, { id, name, nameKey, directory, blocked, createdAt: input.now });
    };
    return [{ action: 'create', subject, details: [`directory ${directory}`, ...(blocked ? ['blocked'] : [])], write }];
  }
  const details: string[] = [];
  if (current.name !== name) details.push(`name ${turned(current.name, name)}`);
  if (current.directory !== directory) details.push(`directory ${turned(current.directory, directory)}`);
  if (current.blocked !== blocked) details.push(`blocked ${turned(current.blocked, blocked)}`);
  if (details.length === 0) return [];
  const write: Step['write'] = async (tx) => {
    await tx.update(Domain, { id: current.id }, { name, directory, blocked });
  };
  return [{ action: 'update', subject, details, write }];
}

function leftOver({ prune, use }: PlanInput, others: readonly Domain[]): Step[] {
  if (!prune) return others.map(({ name }) => ({ action: 'keep', subject: `domain ${name}`, details: [] }));
  const problems = others.flatMap((domain) => refusal(domain, use.get(domain.id)));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return others.map(({ id, name }) => ({
    action: 'delete',
    subject: `domain ${name}`,
    details: ['with its settings and administrators'],
    write: (tx) => deleteDomain(tx, id),
  }));
}

function refusal({ name }: Domain, use: DomainUse | undefined): ConfigurationProblem[] {
  const hanging = [
    counted(use?.people, 'person', 'people'),
    counted(use?.accounts, 'account'),
    counted(use?.requests, 'request'),
  ]
    .filter(Boolean)
    .join(', ');
  if (!hanging) return [];
  const problem = `is not deleted, it still has ${hanging}; keep it in the file with blocked: true, and it counts as absent`;
  return [{ where: `domain ${name}`, problem }];
}

function counted(count: number | undefined, one: string, many = `${one}s`): string | undefined {
  return count ? `${count} ${count === 1 ? one : many}` : undefined;
}

async function deleteDomain(tx: Tx, id: string): Promise<void> {
  await tx.delete(StoredSetting, { scope: id });
  await tx.delete(Administrator, { domainId: id });
  await tx.delete(Domain, { id });
}

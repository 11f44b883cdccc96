import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ReadConfiguration } from '../../config/file/read-configuration-file.js';
import { Environment } from '../../config/environment.js';
import type { UserDeclaration } from '../../config/file/sections/domains.js';
import { Audit } from '../../audit/audit.js';
import { KeyRing } from '../../crypto/key-ring.js';
import { PasswordHasher } from '../../crypto/password-hasher.js';
import type { PasswordHash } from '../../crypto/secret-types.js';
import { Database, type Tx } from '../../database/database.js';
import { Clock } from '../../time/clock.js';
import { Configuration } from '../configuration.js';
import { type CurrentState, domainUse, type DomainUse, lockCurrentState, readCurrentState } from './current-state.js';
import { type DesiredState, desiredState, loginKeys } from './desired-state.js';
import { type Action, changes, type Plan, type PlanInput, type Step } from './plan.js';
import { planDomains } from './plan-domains.js';
import { planObjects } from './plan-objects.js';
import { absentPeople, planAdministrators, planPeople, refuseWellKnownPasswords } from './plan-people.js';
import { planServer, planSettings } from './plan-server.js';

export interface ApplyOptions {
  /** Plan only; nothing is written. */
  readonly dryRun?: boolean;
  /** Delete what the file does not name. */
  readonly prune?: boolean;
}

type PasswordHashes = PlanInput['hashOf'];

const EVENTS: Record<Exclude<Action, 'keep'>, string> = {
  create: 'configuration.created',
  update: 'configuration.updated',
  delete: 'configuration.deleted',
};

/** Makes the database match a configuration file: plans the difference, and carries it out in one transaction. */
@Injectable()
export class ApplyConfiguration {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly hasher: PasswordHasher,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly environment: Environment,
  ) {}

  /**
   * @returns the plan, carried out unless `dryRun`
   * @throws ConfigurationError when a domain that people or requests hang on would be deleted, and in real mode when a
   *   first password is one that everybody knows
   */
  async apply(read: ReadConfiguration, { dryRun = false, prune = false }: ApplyOptions = {}): Promise<Plan> {
    const desired = desiredState(read);
    if (!this.environment.embedded) refuseWellKnownPasswords(desired);
    const logins = loginKeys(desired);
    if (dryRun) {
      return this.database.transaction(async (tx) => this.plan(tx, desired, await readCurrentState(tx, logins), prune));
    }
    const hashOf = await this.hashAhead(desired);
    const plan = await this.database.transaction(async (tx) => {
      const plan = await this.plan(tx, desired, await lockCurrentState(tx, logins), prune, hashOf);
      await this.carryOut(tx, plan);
      return plan;
    });
    this.configuration.invalidate();
    return plan;
  }

  private async plan(
    tx: Tx,
    desired: DesiredState,
    current: CurrentState,
    prune: boolean,
    hashOf?: PasswordHashes,
  ): Promise<Plan> {
    const known = new Map(current.domains.map(({ nameKey, id }) => [nameKey, id]));
    const named = new Set(desired.domains.map(({ nameKey }) => nameKey));
    const use = new Map<string, DomainUse>();
    for (const { id, nameKey } of prune ? current.domains : []) {
      if (!named.has(nameKey)) use.set(id, await domainUse(tx, id));
    }
    const input: PlanInput = {
      desired,
      current,
      prune,
      use,
      keyRing: this.keyRing,
      now: this.clock.now(),
      domainIds: new Map([...named].map((nameKey) => [nameKey, known.get(nameKey) ?? randomUUID()])),
      hashOf: hashOf ?? ((person) => this.hashOf(person)),
    };
    const planners = [planServer, planObjects, planDomains, planSettings, planPeople, planAdministrators];
    return { steps: planners.flatMap((planner) => planner(input)) };
  }

  private async carryOut(tx: Tx, plan: Plan): Promise<void> {
    for (const step of plan.steps) await step.write?.(tx);
    for (const step of changes(plan)) await this.record(tx, step);
    if (plan.steps.some(({ write }) => write)) await this.configuration.touch(tx);
  }

  private async record(tx: Tx, { action, subject, details }: Step): Promise<void> {
    if (action === 'keep') return;
    const detail = details.length > 0 ? { changed: details.join('; ') } : undefined;
    await this.audit.record(tx, {
      event: EVENTS[action],
      outcome: 'success',
      actor: 'system',
      target: subject,
      detail,
    });
  }

  /**
   * Hashes first passwords before the transaction begins, so that a file with many people does not keep others waiting
   * behind the lock. Only those of people who seem to be absent; the transaction looks again.
   */
  private async hashAhead(desired: DesiredState): Promise<PasswordHashes> {
    const hashes = new Map<UserDeclaration, Promise<PasswordHash | null>>();
    const hashOf: PasswordHashes = (person) => {
      const hash = hashes.get(person) ?? this.hashOf(person);
      hashes.set(person, hash);
      return hash;
    };
    const current = await this.database.transaction((tx) => readCurrentState(tx, loginKeys(desired)));
    await Promise.all(absentPeople(desired, current).map(hashOf));
    return hashOf;
  }

  private async hashOf({ password }: UserDeclaration): Promise<PasswordHash | null> {
    return password === undefined ? null : this.hasher.hash(password);
  }
}

import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { foldName } from '../../core/domains/fold-name.js';
import type { Application } from '../applications/application.js';
import { applicationModel } from '../applications/application-model.js';
import { addressVerdict } from '../policies/logon-policy.js';
import { Policies } from '../policies/policies.js';
import { RequiredSteps } from '../procedures/required-steps.js';
import { AccountStanding } from './account-standing.js';
import { AuthenticatorFindings } from './authenticator-findings.js';
import { type Finding, type Obstacle, obstacle, ObstacleFound, type StepObstacle } from './obstacle.js';
import { PersonSearch, type WantedPerson } from './person-search.js';

/** Who cannot log on where. */
export interface LogonQuestion {
  readonly person: WantedPerson | FoundPerson;
  /** Name or identifier. */
  readonly application: string;
  /** The end user's address, where it is known. */
  readonly address?: string | undefined;
}

/** The first obstacle, or none. */
export interface Diagnosis {
  readonly obstacle: Obstacle | StepObstacle | undefined;
}

/**
 * Says why a person cannot log on to an application: what a logon would run into first, in its order. It reads, and counts
 * no attempt; whether what the person types is right it cannot know.
 */
@Injectable()
export class LogonDiagnosis {
  constructor(
    private readonly configuration: Configuration,
    private readonly search: PersonSearch,
    private readonly standing: AccountStanding,
    private readonly policies: Policies,
    private readonly steps: RequiredSteps,
    private readonly findings: AuthenticatorFindings,
  ) {}

  async run(question: LogonQuestion): Promise<Diagnosis> {
    try {
      await this.walk(await this.configuration.snapshot(), question);
      return { obstacle: undefined };
    } catch (error) {
      if (error instanceof ObstacleFound) return { obstacle: error.obstacle };
      throw error;
    }
  }

  private async walk(snapshot: ConfigurationSnapshot, { person, application, address }: LogonQuestion): Promise<void> {
    const wanted = named(snapshot, application);
    const found = await this.person(snapshot, wanted, person);
    await this.standing.require(found);
    if (!wanted.steps) {
      throw obstacle(
        'no-procedure',
        230,
        `The application ${wanted.name} has no logon procedure.`,
        'Give it one with at least one step.',
      );
    }
    const policy = await this.policies.logonPolicy(snapshot, found, wanted);
    if (addressVerdict(policy, address, []) === 'denied') {
      throw obstacle(
        'address-denied',
        235,
        address === undefined
          ? 'The logon policy has a filter of addresses, and refuses calls that name none.'
          : `The logon policy does not let people in from ${address}.`,
        address === undefined
          ? 'Ask again with the address of the person, and see that the application sends remoteIp.'
          : 'Change ipFilter of the policy, if the person is to log on from there.',
      );
    }
    const origin = address === undefined ? {} : { remoteIp: address };
    for (const [index, step] of (await this.steps.by(policy, wanted, found, origin)).entries()) {
      const findings = await this.findings.of(snapshot, found, { application: wanted, step, address });
      if (findings) throw new ObstacleFound(stepObstacle(index + 1, step.name, findings));
    }
  }

  private async person(
    snapshot: ConfigurationSnapshot,
    application: Application,
    person: WantedPerson | FoundPerson,
  ): Promise<FoundPerson> {
    if (!('account' in person)) return this.search.find(snapshot, application, person);
    this.search.require(application, person);
    return person;
  }
}

/** @throws ObstacleFound */
function named(snapshot: ConfigurationSnapshot, text: string): Application {
  const all = applicationModel(snapshot).applications;
  const found = all.find(({ id }) => id === text) ?? all.find(({ name }) => foldName(name) === foldName(text));
  if (found) return found;
  throw obstacle(
    'application-unknown',
    220,
    `There is no application ${text}.`,
    `Name one of: ${all.map(({ name }) => name).join(', ') || 'none is declared'}.`,
  );
}

/** The step in the words of what tells most: what the person has and cannot use before what they do not have. */
function stepObstacle(step: number, stepName: string, findings: readonly Finding[]): StepObstacle {
  const telling = findings.find(({ reason }) => reason !== 'no-token') ?? findings[0];
  if (!telling) throw new Error('a step without authenticators');
  const { reason, code, text, advice } = telling;
  return { reason, code, text: `Step ${step} (${stepName}): ${text}`, advice, step, stepName, findings };
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { inForce } from '../../core/policies/policy.js';
import { GRID_GO } from '../../core/policies/categories/authenticators.js';
import { policyInForce } from '../../core/policies/policy-model.js';
import { policySubject } from '../../core/policies/policy-subject.js';
import { Clock } from '../../core/time/clock.js';
import { CHALLENGE_CELLS, challengeKey, challengeText, drawChallenge } from '../grid/card-challenge.js';
import { CARD_SIZE } from '../grid/geometry.js';
import { type Grid, gridFromText, gridText, newGrid } from '../grid/grid.js';
import { gridGoCode } from '../grid/grid-go.js';
import type { PathPin } from '../grid/path-pin.js';
import { rememberAsked } from '../kinds/responses/asked-before.js';
import { ResponseKinds } from '../kinds/responses/response-kinds.js';
import type { TokenAdvance } from '../token-kind.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import { TokenChallenge } from '../token-challenge.entity.js';
import { TOKEN_SECRET } from '../token-secrets.js';
import { tokenRules } from '../token-rules.js';
import type { HeldToken } from '../token-store.js';
import { Token } from '../token.entity.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments, type Placement } from './enrolments.js';
import { pendingAsUsable } from './pending-as-usable.js';

/** A pending grid whose question was answered. */
export interface ProvedGrid {
  readonly held: HeldToken;
  readonly advance: TokenAdvance;
}

/**
 * Grid cards and paths on a grid (authentication methods, section 6.6). Each is begun with one question, which stays the
 * same until it is answered, so that looking again does not bring up an easier one.
 */
@Injectable()
export class GridEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly kinds: ResponseKinds,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Steps of the shortest path that a person may choose: with its start cell it gives a passcode of the length that the
   * policy `GridGo` asks for. Paths that were chosen before stay.
   */
  async fewestSteps({ found }: EnrolmentHolder): Promise<number> {
    const snapshot = await this.configuration.snapshot();
    const policy = policyInForce(snapshot, 'GridGo', await policySubject(snapshot, found));
    return inForce(policy, GRID_GO.passcodeLength) - 1;
  }

  /** Draws a new card and the cells that prove it. */
  async beginCard(tx: Tx, holder: EnrolmentHolder): Promise<HeldToken> {
    const id = randomUUID();
    const grid = newGrid(this.random, CARD_SIZE);
    const labels = drawChallenge(this.random, grid, CHALLENGE_CELLS, { cellReuse: 'NOREPEAT', asked: new Set() }) ?? [];
    const held = await this.enrolments.begin(tx, holder, {
      id,
      kind: 'GridCard',
      secretSealed: this.keyRing.seal(gridText(grid), TOKEN_SECRET),
      state: { proof: challengeText(labels) },
    });
    await rememberAsked(tx, this.keyRing, id, [challengeKey(labels)], this.clock.now());
    return held;
  }

  /** Keeps a path and draws the grid on which it is proved. */
  beginPath(tx: Tx, holder: EnrolmentHolder, path: PathPin): Promise<HeldToken> {
    return this.enrolments.begin(tx, holder, {
      kind: 'GridGo',
      secretSealed: this.keyRing.seal(path, TOKEN_SECRET),
      state: { proof: gridGoCode(newGrid(this.random, CARD_SIZE)) },
    });
  }

  /** The card's cells, to be shown while it is pending and never again. */
  card({ token: { secretSealed } }: HeldToken): Grid {
    if (!secretSealed) throw new Error('a grid card has no grid');
    return gridFromText(this.keyRing.open(secretSealed, TOKEN_SECRET));
  }

  /** The labels of the cells that prove a pending card, in their order. */
  askedCells({ token }: HeldToken): string[] {
    return proofOf(token).split(' ');
  }

  /** The grid on which a pending path is proved. */
  shownGrid({ token }: HeldToken): Grid {
    const { grid } = JSON.parse(proofOf(token)) as { grid: string[] };
    return gridFromText(plainSecret(grid.join('\n')));
  }

  /**
   * Looks at the answer to the question of a pending grid, counted before.
   *
   * @throws DomainError `passcode-wrong`; and as `Enrolments.countProof`
   */
  async prove(holder: EnrolmentHolder, assignmentId: string, typed: PlainSecret): Promise<ProvedGrid> {
    const held = await this.enrolments.countProof(holder, assignmentId);
    const kind = this.kinds.find(held.token.kind);
    if (!kind || !('proof' in held.token.state)) throw new DomainError('challenge-not-valid');
    const asked = Object.assign(new TokenChallenge(), { code: proofOf(held.token) });
    const rules = tokenRules(await this.configuration.snapshot(), holder.found.domain.id);
    const advance = kind.judge(pendingAsUsable(held), asked, typed, this.clock.now(), rules);
    if (!advance) throw await this.enrolments.refuseProof(holder, held.token, 'passcode-wrong');
    return { held, advance };
  }

  /** Makes a proved grid usable. @throws DomainError as `Enrolments.finish` */
  async finish(
    tx: Tx,
    holder: EnrolmentHolder,
    { held, advance }: ProvedGrid,
    placement: Placement,
  ): Promise<TokenAssignment> {
    // The question is all that a pending grid keeps there.
    await tx.update(Token, { id: held.token.id }, { state: {} });
    return this.enrolments.finish(tx, holder, held, { ...placement, advance });
  }
}

function proofOf({ state }: Token): string {
  const { proof } = state;
  if (typeof proof !== 'string') throw new Error('a pending grid lacks its question');
  return proof;
}

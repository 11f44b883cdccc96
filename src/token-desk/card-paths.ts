import { Injectable } from '@nestjs/common';
import { RandomSource } from '../core/crypto/random-source.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { GridEnrolment } from '../tokens/enrolment/grid-enrolment.js';
import { CANONICAL_MOVES, canonicalPath, MAX_MOVES } from '../tokens/grid/path-pin.js';
import { outOfBounds } from '../tokens/within-bounds.js';

/** Secret paths of grid cards (authentication methods, section 6.6), as long as the policy `GridGo` wants passcodes. */
@Injectable()
export class CardPaths {
  constructor(
    private readonly grids: GridEnrolment,
    private readonly random: RandomSource,
  ) {}

  /** A path in its canonical form. @throws DomainError `value-out-of-range` for what is none, or too short */
  async read(holder: EnrolmentHolder, typed: PlainSecret): Promise<PlainSecret> {
    const path = canonicalPath(typed);
    const fewest = await this.grids.fewestSteps(holder);
    if (path === undefined || path.length < fewest) throw outOfBounds('pin', fewest, MAX_MOVES);
    return path;
  }

  /** A random path of the shortest length. */
  async draw(holder: EnrolmentHolder): Promise<PlainSecret> {
    return this.random.text(await this.grids.fewestSteps(holder), CANONICAL_MOVES);
  }
}

import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Clock } from '../../../core/time/clock.js';
import {
  answersChallenge,
  type CellReuse,
  CHALLENGE_CELLS,
  challengeKey,
  challengeText,
  drawChallenge,
} from '../../grid/card-challenge.js';
import { type Grid, gridFromText } from '../../grid/grid.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import { TOKEN_SECRET } from '../../token-secrets.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { askedBefore, rememberAsked } from '../responses/asked-before.js';
import type { ResponseKind } from '../responses/response-kind.js';

/** Printed grid cards: the symbols of some cells, in order (authentication methods, section 6.6). */
@Injectable()
export class GridCard implements ResponseKind {
  readonly name = 'GridCard';
  readonly authenticator = 'GRID';
  readonly purpose = 'grid';
  readonly seconds = 120;

  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  async draw(tx: Tx, token: UsableToken, rules?: TokenRules): Promise<string | undefined> {
    const grid = this.grid(token);
    const once = (rules?.cellReuse ?? token.state['cellReuse']) === 'ONCE';
    const before = await askedBefore(tx, token.tokenId);
    // A card that was asked under the other rule before has been shown in the cells of those challenges.
    const used = new Set([...before].flatMap((asked) => asked.split(' ')));
    const reuse: CellReuse = once ? { cellReuse: 'ONCE', used } : { cellReuse: 'NOREPEAT', asked: before };
    const labels = drawChallenge(this.random, grid, rules?.cells ?? CHALLENGE_CELLS, reuse);
    if (!labels) return undefined;
    await rememberAsked(tx, this.keyRing, token.tokenId, once ? labels : [challengeKey(labels)], this.clock.now());
    return challengeText(labels);
  }

  judge(token: UsableToken, { code }: TokenChallenge, typed: PlainSecret): TokenAdvance | undefined {
    return answersChallenge(this.grid(token), code?.split(' ') ?? [], typed) ? {} : undefined;
  }

  private grid({ secretSealed }: UsableToken): Grid {
    if (!secretSealed) throw new Error('a grid card has no grid');
    return gridFromText(this.keyRing.open(secretSealed, TOKEN_SECRET));
  }
}

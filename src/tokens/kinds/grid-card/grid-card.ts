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
import { foldedSymbols } from '../../grid/typed-symbols.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { askedBefore, rememberAsked } from '../responses/asked-before.js';
import type { RememberedResponse, ResponseKind } from '../responses/response-kind.js';
import { cardGrid, hasPath, judgeCardPath } from './card-path.js';

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
    const grid = cardGrid(this.keyRing, token);
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

  /** The cells that were asked for; of a card that a path protects always a passcode along the path. */
  judge(
    token: UsableToken,
    { code }: TokenChallenge,
    typed: PlainSecret,
    _at?: Date,
    rules?: TokenRules,
  ): TokenAdvance | undefined {
    if (hasPath(token)) return judgeCardPath(this.keyRing, token, typed, rules);
    return answersChallenge(cardGrid(this.keyRing, token), code?.split(' ') ?? [], typed) ? {} : undefined;
  }

  /** The card and its path stay the same, so who saw a passcode could use it again. */
  remembered(typed: PlainSecret, { passcodeHistory }: TokenRules, token: UsableToken): RememberedResponse | undefined {
    return hasPath(token) ? { passcode: foldedSymbols(typed), kept: passcodeHistory } : undefined;
  }
}

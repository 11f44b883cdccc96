import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { CARD_SIZE } from '../../grid/geometry.js';
import { gridGoCode } from '../../grid/grid-go.js';
import { newGrid } from '../../grid/grid.js';
import { answersPath } from '../../grid/path-passcode.js';
import { canonicalPath } from '../../grid/path-pin.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import { TOKEN_SECRET } from '../../token-secrets.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import type { RememberedResponse, ResponseKind } from '../responses/response-kind.js';

/** A path that only the person knows, walked on a grid that is new each time (authentication methods, section 6.6). */
@Injectable()
export class GridGo implements ResponseKind {
  readonly name = 'GridGo';
  readonly authenticator = 'GRIDGO';
  readonly purpose = 'gridgo';
  readonly seconds = 120;

  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  draw(_tx: Tx, _token: UsableToken): Promise<string> {
    return Promise.resolve(gridGoCode(newGrid(this.random, CARD_SIZE)));
  }

  /** Whoever saw grids and passcodes may not wait for a grid on which one of those is right again (section 6.8). */
  remembered(typed: PlainSecret, { gridHistory, passcodeHistory }: TokenRules): RememberedResponse {
    return { passcode: plainSecret(typed.toLowerCase()), kept: gridHistory ?? passcodeHistory };
  }

  judge(
    token: UsableToken,
    { code }: TokenChallenge,
    typed: PlainSecret,
    _at?: Date,
    rules?: TokenRules,
  ): TokenAdvance | undefined {
    const { secretSealed, state } = token;
    if (!secretSealed || code === null) throw new Error('a grid on screen has no path or no grid');
    const path = canonicalPath(this.keyRing.open(secretSealed, TOKEN_SECRET));
    if (!path) throw new Error('the stored path of a grid on screen is none');
    const { grid, rows, cols } = JSON.parse(code) as { grid: string[]; rows: number; cols: number };
    const shown = { rows, cols, lines: grid.map(plainSecret) };
    return answersPath(shown, path, typed, { wrap: rules?.gridWrap ?? state['wrap'] === true }) ? {} : undefined;
  }
}

import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { RandomSource } from '../../src/core/crypto/random-source.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import type { Account } from '../../src/core/directory/account.entity.js';
import { CARD_SIZE, cellAt } from '../../src/tokens/grid/geometry.js';
import { type Grid, gridText, newGrid, symbolAt } from '../../src/tokens/grid/grid.js';
import { canonicalPath, walkPath } from '../../src/tokens/grid/path-pin.js';
import { sealOcraSecret } from '../../src/tokens/kinds/ocra/ocra-secret.js';
import { oathKey } from '../../src/tokens/oath/oath-key.js';
import { ocraResponse } from '../../src/tokens/oath/ocra.js';
import { DEFAULT_OCRA_SUITE, parseOcraSuite } from '../../src/tokens/oath/ocra-suite.js';
import type { Seed } from '../../src/tokens/oath/seed.js';
import type { Authenticator } from '../../src/tokens/token-kinds.js';
import { TOKEN_SECRET } from '../../src/tokens/token-secrets.js';
import type { Services } from './services.js';
import type { TokenFactory } from './token-factory.js';

/** What a person needs in hand to answer. */
export interface Answerer {
  readonly authenticator: Authenticator;
  /** The answer to a challenge's code. */
  readonly answer: (code: string) => string;
}

const SEED = Buffer.from('12345678901234567890') as unknown as Seed;

/** Gives people tokens that answer questions, and answers for them. */
export class AnsweringTokens {
  constructor(
    private readonly services: Pick<Services, 'get'>,
    private readonly tokens: TokenFactory,
  ) {}

  async ocra(account: Account): Promise<Answerer> {
    const suite = parseOcraSuite(DEFAULT_OCRA_SUITE);
    if (!suite) throw new Error('the default suite is one');
    const secretSealed = sealOcraSecret(this.services.get(KeyRing), { seed: SEED });
    await this.tokens.give(account, { kind: 'OCRA', secretSealed, state: { suite: suite.text } });
    return {
      authenticator: 'OTP',
      answer: (code) => ocraResponse(oathKey(SEED, 'SHA1'), suite, { challenge: code }),
    };
  }

  async gridCard(account: Account, state: Record<string, unknown> = {}, size = CARD_SIZE): Promise<Answerer> {
    const grid: Grid = newGrid(this.services.get(RandomSource), size);
    await this.tokens.give(account, { kind: 'GridCard', secretSealed: this.seal(gridText(grid)), state });
    const symbol = (label: string): string => {
      const cell = cellAt(label, grid);
      return cell ? symbolAt(grid, cell) : '';
    };
    return { authenticator: 'GRID', answer: (code) => code.split(' ').map(symbol).join('') };
  }

  async gridGo(account: Account): Promise<Answerer> {
    const path = canonicalPath('13640');
    if (!path) throw new Error('a path is one');
    await this.tokens.give(account, { kind: 'GridGo', secretSealed: this.seal(path) });
    return {
      authenticator: 'GRIDGO',
      answer: (code) => {
        const { grid, rows, cols } = JSON.parse(code) as { grid: string[]; rows: number; cols: number };
        const { cells } = walkPath(path, { row: 5, col: 5 }, { rows, cols });
        return cells.map(({ row, col }) => grid[row]?.[col] ?? '').join('');
      },
    };
  }

  private seal(text: string): ReturnType<KeyRing['seal']> {
    return this.services.get(KeyRing).seal(plainSecret(text), TOKEN_SECRET);
  }
}

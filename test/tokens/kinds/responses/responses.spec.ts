import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { Account } from '../../../../src/core/directory/account.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { CARD_SIZE } from '../../../../src/tokens/grid/geometry.js';
import { Responses } from '../../../../src/tokens/kinds/responses/responses.js';
import type { TokenChallenge } from '../../../../src/tokens/token-challenge.entity.js';
import type { Authenticator } from '../../../../src/tokens/token-kinds.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { type Services, startServices } from '../../../support/services.js';
import { eachDatabase } from '../../../support/test-database.js';
import { type Answerer, AnsweringTokens } from '../../../support/answering-tokens.js';
import { TokenFactory } from '../../../support/token-factory.js';

const HERE = 'logon 1';

describe('challenge and response', () => {
  eachDatabase((database) => {
    let services: Services;
    let answering: AnsweringTokens;
    let tokens: TokenFactory;
    let domain: Domain;
    let jane: Account;

    beforeEach(async () => {
      services = await startServices(database());
      tokens = new TokenFactory(services);
      answering = new AnsweringTokens(services, tokens);
      domain = await services.domain({ name: 'ACME' });
      jane = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const ocra = (account = jane): Promise<Answerer> => answering.ocra(account);
    const gridCard = (account = jane, state: Record<string, unknown> = {}, size = CARD_SIZE): Promise<Answerer> =>
      answering.gridCard(account, state, size);
    const gridGo = (account = jane): Promise<Answerer> => answering.gridGo(account);

    async function put(authenticator: Authenticator, account = jane): Promise<TokenChallenge> {
      const [challenge] = await services.get(Responses).put({ accountId: account.id, authenticator, boundTo: HERE });
      return challenge;
    }

    async function outcome(
      challenge: TokenChallenge,
      authenticator: Authenticator,
      typed: string,
      { account = jane, boundTo = HERE }: { account?: Account; boundTo?: string } = {},
    ): Promise<string> {
      const verdict = await services.get(Responses).answer({
        accountId: account.id,
        authenticator,
        typed: plainSecret(typed),
        challengeId: challenge.id,
        boundTo,
        rules: tokenRules(await services.get(Configuration).snapshot(), domain.id),
        context: { actor: 'person', domain: domain.name, target: account.login },
      });
      return verdict.ok ? 'ok' : verdict.code;
    }

    describe.each([
      ['OCRA', ocra],
      ['a grid card', gridCard],
      ['a grid on screen', gridGo],
    ])('%s', (_, make) => {
      it('takes the right response once', async () => {
        const { authenticator, answer } = await make();
        const challenge = await put(authenticator);
        const response = answer(challenge.code ?? '');
        expect(await outcome(challenge, authenticator, response)).toBe('ok');
        expect(await outcome(challenge, authenticator, response)).toBe('challenge-not-valid');
      });

      it('attack 23: of fifty right responses at once one is taken', async () => {
        await services.set('authenticator_max_failures', 100);
        const { authenticator, answer } = await make();
        const challenge = await put(authenticator);
        const response = answer(challenge.code ?? '');
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, () => outcome(challenge, authenticator, response)),
        );
        expect(outcomes.filter((word) => word === 'ok')).toHaveLength(1);
      });

      it('kills a challenge with its third wrong response', async () => {
        const { authenticator, answer } = await make();
        const challenge = await put(authenticator);
        for (let failure = 0; failure < 3; failure++) {
          expect(await outcome(challenge, authenticator, '000000')).toBe('passcode-wrong');
        }
        expect(await outcome(challenge, authenticator, answer(challenge.code ?? ''))).toBe('challenge-not-valid');
      });

      it('attack 27: a new challenge for each guess does not give more than five guesses', async () => {
        const { authenticator, answer } = await make();
        for (let failure = 0; failure < 5; failure++) {
          expect(await outcome(await put(authenticator), authenticator, '000000')).toBe('passcode-wrong');
        }
        const challenge = await put(authenticator);
        expect(await outcome(challenge, authenticator, answer(challenge.code ?? ''))).toBe('authenticator-locked');
      });

      it('attack 38: does not take a response after the time of its challenge', async () => {
        const { authenticator, answer } = await make();
        const challenge = await put(authenticator);
        services.clock.advance(authenticator === 'OTP' ? 300 : 120);
        expect(await outcome(challenge, authenticator, answer(challenge.code ?? ''))).toBe('challenge-not-valid');
      });

      it('takes the response to the newest challenge only', async () => {
        const { authenticator, answer } = await make();
        const older = await put(authenticator);
        await put(authenticator);
        expect(await outcome(older, authenticator, answer(older.code ?? ''))).toBe('challenge-not-valid');
      });

      it('takes no response from elsewhere, and none of somebody else', async () => {
        const john = await services.factory.account(await services.factory.person(domain, { login: 'john' }));
        const { authenticator, answer } = await make();
        await make(john);
        const challenge = await put(authenticator);
        const response = answer(challenge.code ?? '');
        expect(await outcome(challenge, authenticator, response, { boundTo: 'logon 2' })).toBe('challenge-not-valid');
        expect(await outcome(challenge, authenticator, response, { account: john })).toBe('challenge-not-valid');
        expect(await outcome(challenge, authenticator, response)).toBe('ok');
      });

      it.each(['', ' ', '1'.repeat(1_000), '١٢٣٤٥٦', '\0'])('attack 44: %j is a wrong response', async (typed) => {
        const { authenticator } = await make();
        expect(await outcome(await put(authenticator), authenticator, typed)).toBe('passcode-wrong');
      });
    });

    it('asks for each cell of a card once where the card says so, and then for no more', async () => {
      const { authenticator } = await gridCard(jane, { cellReuse: 'ONCE' }, { rows: 2, cols: 5 });
      const asked = [await put(authenticator), await put(authenticator)].flatMap(({ code }) => code?.split(' ') ?? []);
      expect(new Set(asked).size).toBe(8);
      await expect(put(authenticator)).rejects.toThrow(new DomainError('token-spent'));
    });

    it('never asks a card for the same cells twice', async () => {
      const { authenticator } = await gridCard(jane, {}, { rows: 1, cols: 6 });
      const asked = new Set<string>();
      for (let challenge = 0; challenge < 15; challenge++) {
        asked.add((await put(authenticator)).code?.split(' ').toSorted().join(' ') ?? '');
      }
      expect(asked.size).toBe(15);
      await expect(put(authenticator)).rejects.toThrow(new DomainError('token-spent'));
    });

    it('has nothing to ask of a person without a token', async () => {
      await expect(put('GRID')).rejects.toThrow(new DomainError('no-usable-token'));
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { type AskedQuestions, QuestionAsking } from '../../../../src/tokens/kinds/questions/question-asking.js';
import { QuestionCheck } from '../../../../src/tokens/kinds/questions/question-check.js';
import { type AnsweredQuestion, SecurityQuestions } from '../../../../src/tokens/kinds/questions/security-questions.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const HOLDER = 'logon 1';
const ANSWERS: Readonly<Record<string, string>> = {
  'Where did you grow up?': 'Clervaux',
  'What was your first pet called?': 'Minou le Grand',
  'Which teacher did you like best?': 'Frau Weber',
  'What was your first car?': 'Renault 4',
  'Where did you first work?': 'Harbour Bakery',
};
const QUESTIONS = Object.keys(ANSWERS);

describe('security questions', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let questions: SecurityQuestions;

    beforeEach(async () => {
      world = await tokenWorld(database());
      questions = world.services.get(SecurityQuestions);
    });
    afterEach(() => world.close());

    const all = (): AnsweredQuestion[] =>
      QUESTIONS.map((question) => ({ question, answer: plainSecret(ANSWERS[question] ?? '') }));
    const register = (answered = all(), holder = world.jane) =>
      world.run((tx) => questions.register(tx, holder, answered));
    const ask = (boundTo = HOLDER) => world.services.get(QuestionAsking).ask(world.jane.found, boundTo);
    const rightAnswers = (asked: AskedQuestions) =>
      asked.questions.map(({ id, question }) => ({ id, answer: plainSecret(ANSWERS[question] ?? '') }));
    const answer = async (answers: { id: string; answer: string }[], { boundTo = HOLDER, holder = world.jane } = {}) =>
      word(
        await world.services.get(QuestionCheck).verify({
          ...holder,
          boundTo,
          answers: answers.map(({ id, answer: typed }) => ({ id, answer: plainSecret(typed) })),
        }),
      );

    it('are three of those that were answered, and right in any spelling of case and blanks', async () => {
      await register();
      const asked = await ask();
      expect(asked.questions).toHaveLength(3);
      expect(QUESTIONS).toEqual(expect.arrayContaining(asked.questions.map(({ question }) => question)));
      const typed = rightAnswers(asked).map((given) => ({ ...given, answer: ` ${given.answer.toUpperCase()}  ` }));
      expect(await answer(typed.toReversed())).toBe('ok');
    });

    it('attack 21: are answered once each time they are asked', async () => {
      await register();
      const answers = rightAnswers(await ask());
      expect(await answer(answers)).toBe('ok');
      expect(await answer(answers)).toBe('challenge-not-valid');
      expect(await answer(rightAnswers(await ask()))).toBe('ok');
    });

    it('attack 23: are right for one of fifty at once', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await register();
      const answers = rightAnswers(await ask());
      await world.services.database.query('UPDATE token_challenges SET attempt_limit = 100');
      const outcomes = await Promise.all(RIVALS.map(() => answer(answers)));
      expect(tally(outcomes)['ok']).toBe(1);
      expect(await world.services.audit('authenticator.verified')).toHaveLength(1);
    });

    it('are wrong when one answer is wrong, absent or given twice', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await register();
      const answers = rightAnswers(await ask());
      const [first, ...rest] = answers;
      expect(first).toBeDefined();
      if (!first) return;
      expect(await answer([])).toBe('passcode-wrong');
      expect(await answer(rest)).toBe('passcode-wrong');
      expect(await answer([{ ...first, answer: 'Diekirch' }, ...rest])).toBe('passcode-wrong');
      expect(await answer([...answers, { ...first, answer: 'Diekirch' }])).toBe('passcode-wrong');
      expect(await answer(answers)).toBe('ok');
    });

    it('attack 27: are the same until they are answered right, whoever asks how often', async () => {
      await register();
      const seen = new Set<string>();
      for (let asking = 0; asking < 5; asking++) {
        const asked = await ask(`logon ${asking}`);
        seen.add(JSON.stringify(asked.questions));
      }
      expect(seen.size).toBe(1);
      const sets = new Set<string>();
      for (let round = 0; round < 6; round++) {
        const asked = await ask();
        sets.add(JSON.stringify(asked.questions));
        expect(await answer(rightAnswers(asked))).toBe('ok');
      }
      expect(sets.size).toBeGreaterThan(1);
    });

    it('attack 26: of 200 sets of wrong answers at once five are looked at, and asking anew buys no more', async () => {
      await register();
      await ask();
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => answer([])));
      expect(outcomes.filter((outcome) => outcome === 'passcode-wrong')).toHaveLength(5);
      expect(await answer(rightAnswers(await ask()))).toBe('authenticator-locked');
    });

    it('attack 8, 38: are answered by whom they were put to, in their time', async () => {
      await register();
      const answers = rightAnswers(await ask());
      expect(await answer(answers, { boundTo: 'logon 2' })).toBe('challenge-not-valid');
      expect(await answer(answers, { holder: world.john })).toBe('challenge-not-valid');
      world.services.clock.advance(600);
      expect(await answer(answers)).toBe('challenge-not-valid');
    });

    it('attack 41: are neither asked nor looked at while they are disabled', async () => {
      const { assignment } = await register();
      const answers = rightAnswers(await ask());
      await world.services
        .get(TokenStore)
        .setAssignmentStatus(world.services.database.manager, assignment.id, 'DISABLED');
      expect(await answer(answers)).toBe('no-usable-token');
      await expect(ask()).rejects.toMatchObject({ code: 'no-usable-token' });
    });

    it('are replaced and removed all together', async () => {
      const list = () => questions.list(world.services.database.manager, world.jane.found.account.id);
      await register();
      const answers = rightAnswers(await ask());
      await register(all().toReversed());
      expect(await answer(answers)).toBe('no-usable-token');
      expect(await list()).toEqual(QUESTIONS.toReversed());
      expect(await world.run((tx) => questions.remove(tx, world.jane))).toBe(true);
      expect(await world.run((tx) => questions.remove(tx, world.jane))).toBe(false);
      expect(await list()).toEqual([]);
    });

    it('may have the same answer as those of another person, which nothing at rest shows', async () => {
      await register();
      await register(all(), world.john);
      const digests = await world.services.database.query<{ digest: string }>('SELECT digest FROM token_codes');
      expect(new Set(digests.map(({ digest }) => digest)).size).toBe(digests.length);
    });

    it.each<[string, (answered: AnsweredQuestion[]) => AnsweredQuestion[]]>([
      ['too few', (answered) => answered.slice(1)],
      ['too many', (answered) => [...answered, ...answered, ...answered, ...answered, ...answered]],
      ['one twice', ([first, , ...rest]) => [...twice(first), ...rest]],
      ['one answer for two', ([first, second, ...rest]) => [...sameAnswer(first, second), ...rest]],
      ['an answer that is too short', (answered) => changed(answered, { answer: plainSecret('ab') })],
      ['an answer that stands in the question', (answered) => changed(answered, { answer: plainSecret('Grow Up') })],
      ['a question that is too short', (answered) => changed(answered, { question: 'Who?' })],
    ])('are refused with %s, and nothing is stored', async (_, spoil) => {
      await expect(register(spoil(all()))).rejects.toMatchObject({ code: 'value-out-of-range' });
      expect(await world.services.database.query('SELECT 1 FROM token_codes')).toEqual([]);
    });

    it('are those that are offered where people may not write their own', async () => {
      await world.services.set('security_questions_own', false);
      await world.services.set('security_questions', QUESTIONS.slice(1));
      await world.services.set('security_question_count', 4);
      expect(await questions.offer(world.jane)).toEqual({ offered: QUESTIONS.slice(1), own: false, count: 4 });
      await expect(register()).rejects.toMatchObject({ code: 'unknown-word' });
      await register(all().slice(1));
    });

    it('attack 42: are stored without one answer', async () => {
      await register();
      await answer(rightAnswers(await ask()));
      const stored = (await world.everythingStored()).toLowerCase();
      for (const secret of Object.values(ANSWERS)) {
        expect(stored).not.toContain(secret.toLowerCase());
        expect(stored).not.toContain(secret.toLowerCase().replaceAll(' ', ''));
      }
    });
  });
});

function twice(first: AnsweredQuestion | undefined): AnsweredQuestion[] {
  return first ? [first, { question: first.question.toUpperCase(), answer: plainSecret('another one') }] : [];
}

function sameAnswer(first: AnsweredQuestion | undefined, second: AnsweredQuestion | undefined): AnsweredQuestion[] {
  return first && second ? [first, { ...second, answer: first.answer }] : [];
}

function changed([first, ...rest]: AnsweredQuestion[], change: Partial<AnsweredQuestion>): AnsweredQuestion[] {
  return first ? [{ ...first, ...change }, ...rest] : rest;
}

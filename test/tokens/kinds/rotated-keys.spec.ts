import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { AppKeyCheck } from '../../../src/tokens/kinds/app-keys/app-key-check.js';
import { AppKeys } from '../../../src/tokens/kinds/app-keys/app-keys.js';
import { EmergencyCodeCheck } from '../../../src/tokens/kinds/emergency-code/emergency-code-check.js';
import { EmergencyCodes } from '../../../src/tokens/kinds/emergency-code/emergency-codes.js';
import { OtpListEnrolment } from '../../../src/tokens/kinds/otp-list/otp-list-enrolment.js';
import { OtpLists } from '../../../src/tokens/kinds/otp-list/otp-lists.js';
import { PinCodes } from '../../../src/tokens/kinds/pin-code/pin-codes.js';
import { QuestionAsking } from '../../../src/tokens/kinds/questions/question-asking.js';
import { QuestionCheck } from '../../../src/tokens/kinds/questions/question-check.js';
import { SecurityQuestions } from '../../../src/tokens/kinds/questions/security-questions.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

const PIN = plainSecret('Kestrel7');
const QUESTIONS = ['first', 'second', 'third'].map((ordinal) => `What was your ${ordinal} school?`);

describeOnPostgres('what was digested under an older key of the ring', (database) => {
  let world: TokenWorld;
  let later: Services;

  beforeEach(async () => {
    world = await tokenWorld(database(), { keyIds: ['old'] });
    later = await startServices(database(), { keyIds: ['new', 'old'], clock: world.services.clock });
  });

  afterEach(async () => {
    await later.close();
    await world.close();
  });

  describe('is right after another key was put in front', () => {
    it('as a PIN code, an emergency code, an application password', async () => {
      const { services, jane } = world;
      await world.run((tx) => services.get(PinCodes).register(tx, jane, PIN));
      const { code } = await world.run((tx) => services.get(EmergencyCodes).issue(tx, jane));
      const { password } = await world.run((tx) => services.get(AppKeys).issue(tx, jane));
      expect(word(await later.get(PinCodes).verify(jane, PIN))).toBe('ok');
      expect(word(await later.get(EmergencyCodeCheck).verify(jane, code))).toBe('ok');
      expect(word(await later.get(AppKeyCheck).verify(jane, password))).toBe('ok');
    });

    it('as a code of a list', async () => {
      const { services, jane } = world;
      const { account, domain } = jane.found;
      const held = await world.run((tx) => services.get(OtpListEnrolment).register(tx, jane, { size: 25 }));
      const [first] = await services.get(OtpLists).entries(services.database.manager, held);
      const verdict = await later.get(Passcodes).verify({
        accountId: account.id,
        authenticator: 'OTP',
        typed: plainSecret(first?.code ?? ''),
        rules: tokenRules(await later.get(Configuration).snapshot(), domain.id),
        context: jane.context,
      });
      expect(word(verdict)).toBe('ok');
    });

    it('as answers', async () => {
      const { services, jane } = world;
      await services.set('security_question_count', 3);
      const answerTo = (question: string) => plainSecret(`school of ${question.split(' ')[3]}`);
      const answered = QUESTIONS.map((question) => ({ question, answer: answerTo(question) }));
      await world.run((tx) => services.get(SecurityQuestions).register(tx, jane, answered));
      const asked = await later.get(QuestionAsking).ask(jane.found, 'logon 1');
      const answers = asked.questions.map(({ id, question }) => ({ id, answer: answerTo(question) }));
      expect(word(await later.get(QuestionCheck).verify({ ...jane, boundTo: 'logon 1', answers }))).toBe('ok');
    });
  });
});

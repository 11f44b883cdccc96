import { booleanSetting, integerSetting, textsSetting } from '../../../core/settings/setting-types.js';

export const securityQuestions = textsSetting({
  name: 'security_questions',
  scope: 'domain',
  default: [],
  meaning:
    'Security questions that people are offered. They are no authenticator under NIST SP 800-63B, so they are never ' +
    'enough for a log-on by themselves, and no second factor of a password reset. Authentication methods, section 6.12.',
});

export const ownSecurityQuestions = booleanSetting({
  name: 'security_questions_own',
  scope: 'domain',
  default: true,
  meaning: 'Whether people may write security questions of their own.',
});

export const securityQuestionCount = integerSetting({
  name: 'security_question_count',
  scope: 'domain',
  min: 3,
  max: 10,
  default: 5,
  meaning: 'Security questions that a person answers when they are set up; three of them are asked at a time.',
});

export const securityQuestionSeconds = integerSetting({
  name: 'security_question_seconds',
  scope: 'domain',
  min: 60,
  max: 3_600,
  default: 600,
  meaning: 'Seconds for which security questions that were asked may be answered.',
});

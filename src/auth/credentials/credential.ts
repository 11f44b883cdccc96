import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { ObjectListParam, SecretParam, TextParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';

/** Characters of `otp`: the JSON text of a FIDO assertion is the longest thing that goes in. */
const LONGEST_OTP = 32_768;
/** Characters of `cc`: a grid on screen is named by its whole code, where it is not named by id or reference. */
const LONGEST_CHALLENGE = 1_024;
/** Answers in one credential; three questions are asked at a time. */
const MOST_ANSWERS = 20;

/** An answer to a security question (authentication methods, section 5). */
export class QuestionAnswer {
  @TextParam({ required: true, description: 'Id of the question, as it was asked, e.g. `q4`.' })
  id!: string;

  @SecretParam({ required: true, description: 'The answer; upper and lower case and blanks do not matter.' })
  answer!: PlainSecret;
}

/** The parameter `credential` (authentication methods, section 4.6). Texts are taken as they are, without trimming. */
export class Credential {
  @TextParam({
    description:
      'Code of the authenticator. Without it `otp` is a one-time password (or a passcode that was sent, or the response ' +
      'to `cc`), `password` a static password, `answers` security questions, `pin` a PIN, `tokenId` a push device.',
  })
  method?: string;

  @SecretParam({
    maxLength: LONGEST_OTP,
    description:
      'The passcode, or the response to `cc`, or the JSON text of a FIDO assertion. Spaces and hyphens in a numeric one ' +
      'do not matter.',
  })
  otp?: PlainSecret;

  @TextParam({
    maxLength: LONGEST_CHALLENGE,
    description: 'Code, id or reference of the challenge that `otp` answers.',
  })
  cc?: string;

  @SecretParam({ description: 'The static password.' })
  password?: PlainSecret;

  @SecretParam({ description: 'The PIN: by itself, or beside `otp` where it is not typed in front of it.' })
  pin?: PlainSecret;

  @TextParam({ description: 'Id of the push device that is to be asked.' })
  tokenId?: string;

  @ObjectListParam(QuestionAnswer, { max: MOST_ANSWERS, description: 'Answers to the questions that were asked.' })
  answers?: readonly QuestionAnswer[];
}

import { date, type ObjectType, text } from '../../surfaces/auth-envelope/object-type.js';

/** `challengeCode` of the object model (authentication methods, sections 4.17 and 5). */
export const CHALLENGE_CODE_OBJECT: ObjectType = {
  name: 'challengeCode',
  attributes: {
    id: text('Identifier, e.g. `#i#_ChallengeCode_22`.'),
    code: text(
      'Digits for a token with a keypad, cells of a printed card (`D2 A4 F1 B3`), or a JSON text: the grid on screen ' +
        '(`grid`, `rows`, `cols`, `indiecs`), options for `navigator.credentials.get`, questions.',
    ),
    starts: date('From when it may be answered.'),
    expires: date('Until when it may be answered.'),
    reference: text('UUID that names it.'),
  },
};

import { booleanOption, category, integerOption, unsupported, wordOption } from '../policy-option.js';

/** Of a category named after a product of tokens, e.g. `MobileID/Time-Based`. */
export const TOKEN_PRODUCT = category({
  maxTokens: integerOption({
    min: 0,
    max: 1_000,
    fallback: '0',
    meaning: 'Tokens of the product that a person may have; 0 = as many as there are slots for.',
  }),
  lifetimeDays: integerOption({
    min: 0,
    max: 36_500,
    fallback: '0',
    meaning: 'Days for which a token works once it is in a slot; 0 = without an end.',
  }),
  passcodeHistory: integerOption({
    min: 0,
    max: 50,
    fallback: '10',
    meaning: 'Passcodes accepted last that are refused.',
  }),
  offline: unsupported(
    booleanOption({ fallback: 'false', meaning: 'Whether a token may be used where no server can be reached.' }),
  ),
  activation: wordOption(['AUTO', 'SEND_CODE', 'NONE'], {
    fallback: 'AUTO',
    meaning:
      'Whether an assigned token is active at once, when the code that is sent is given back, or when one is sent later.',
  }),
  downloadAuthorisation: wordOption(['NONE', 'CODE_SENT', 'CODE'], {
    fallback: 'CODE_SENT',
    meaning: 'Whether a download needs no code, one that the server sends, or one that comes another way.',
  }),
  downloadAuthentication: booleanOption({
    fallback: 'false',
    meaning: 'Whether a download needs the static password.',
  }),
  inAppDownload: wordOption(['DISABLED', 'LOCAL', 'ANYWHERE'], {
    fallback: 'DISABLED',
    meaning: 'From where an app may download a token.',
  }),
  linkMinutes: unsupported(
    integerOption({
      min: 0,
      max: 10_080,
      fallback: '60',
      meaning: 'Minutes of a download link; 0 = no end.',
    }),
  ),
  linkMinutesAfterVisit: unsupported(
    integerOption({
      min: 0,
      max: 10_080,
      fallback: '10',
      meaning: 'Minutes of a download link after its first visit; 0 = no end.',
    }),
  ),
  autoSyncWindow: integerOption({
    min: 0,
    max: 50,
    fallback: '2',
    meaning: 'Steps by which a token may be off and its code is taken.',
  }),
  checkSyncWindow: integerOption({
    min: 0,
    max: 200,
    fallback: '30',
    meaning: 'Steps by which a token may be off and a second code in sequence brings it back.',
  }),
  manualSyncWindow: integerOption({
    min: 0,
    max: 2_880,
    fallback: '120',
    meaning: 'Steps by which a token may be off and can be synchronised.',
  }),
  pinMode: wordOption(['NONE', 'SEPARATE', 'PREFIX'], {
    fallback: 'NONE',
    meaning:
      'Whether a PIN goes with a passcode: not at all, beside it (`credential.pin`, and in front of it only where there is no field for it, as on pages), or in either way.',
  }),
  cellReuse: wordOption(['ONCE', 'NOREPEAT'], {
    fallback: 'NOREPEAT',
    meaning: 'Whether each cell of a grid card is asked for once, or no challenge twice.',
  }),
  cells: integerOption({ min: 4, max: 10, fallback: '4', meaning: 'Cells that a challenge of a grid card asks for.' }),
});

import { PushAnswers } from './push-answers.js';
import { PushDenialNotice } from './push-denial-notice.js';
import { PushHousekeeping } from './push-housekeeping.js';
import { PushNumbers } from './push-numbers.js';
import { PushRequestBook } from './push-request-book.js';
import { PushRequestRepository } from './push-request.repository.js';
import { PushRequests } from './push-requests.js';
import { PushSettlement } from './push-settlement.js';
import { PushSignals } from './push-signals.js';
import { PushWaiting } from './push-waiting.js';

/** Asking people on their devices, and taking their answers. */
export const PUSH_SERVICES = [PushAnswers, PushNumbers, PushRequests, PushWaiting];

/** What stands behind them. */
export const PUSH_PARTS = [
  PushDenialNotice,
  PushHousekeeping,
  PushRequestBook,
  PushRequestRepository,
  PushSettlement,
  { provide: PushSignals, useValue: { wake: () => undefined } satisfies PushSignals },
];

import { AnonymousLetters } from './anonymous-letters.js';
import { AnonymousPeople } from './anonymous-people.js';
import { AnonymousRequests } from './anonymous-requests.js';
import { AnonymousWorker } from './anonymous-worker.js';
import { AuthorisedRequests } from './authorised-requests.js';
import { CreationLimits } from './creation-limits.js';
import { CreationService } from './creation.service.js';
import { CustomPeople } from './custom-people.js';
import { OtherRequestsRepository } from './other-requests.repository.js';
import { PeopleByName } from './people-by-name.js';
import { RequestLetters } from './request-letters.js';
import { RequestTargets } from './request-targets.js';
import { RequestWriting } from './request-writing.js';

/** What makes user requests. */
export const CREATION_PROVIDERS = [
  AnonymousLetters,
  AnonymousPeople,
  AnonymousRequests,
  AnonymousWorker,
  AuthorisedRequests,
  CreationLimits,
  CreationService,
  CustomPeople,
  OtherRequestsRepository,
  PeopleByName,
  RequestLetters,
  RequestTargets,
  RequestWriting,
];

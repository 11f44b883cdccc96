import { Module } from '@nestjs/common';
import { PeopleModule } from '../../people/people.module.js';
import { PinGuesses } from '../pin-guesses.js';
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
import { RequestsController } from './requests.controller.js';

/** What makes user requests (user-requests section 3). */
@Module({
  imports: [PeopleModule],
  controllers: [RequestsController],
  providers: [
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
    PinGuesses,
    RequestLetters,
    RequestTargets,
    RequestWriting,
  ],
  exports: [PeopleByName, PinGuesses],
})
export class CreationModule {}

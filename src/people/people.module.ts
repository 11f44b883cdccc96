import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { PeoplePages } from './people-pages.js';
import { PeopleReach } from './people-reach.js';
import { PersonChange } from './person-change.js';
import { PersonCreation } from './person-creation.js';
import { PersonFinder } from './person-finder.js';
import { PersonStates } from './person-states.js';
import { Profiles } from './profiles.js';
import { SeenPeople } from './seen-people.js';

/** People found, listed, made, changed and switched on and off, for every feature with administrators. */
@Module({
  imports: [SessionsModule],
  providers: [PeoplePages, PeopleReach, PersonChange, PersonCreation, PersonFinder, PersonStates, Profiles, SeenPeople],
  exports: [PeoplePages, PeopleReach, PersonChange, PersonCreation, PersonFinder, PersonStates, Profiles, SeenPeople],
})
export class PeopleModule {}

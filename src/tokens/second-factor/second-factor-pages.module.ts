import { Module } from '@nestjs/common';
import { SecondFactorDesk } from './second-factor-desk.js';
import { SecondFactorForms } from './second-factor-forms.js';

/** The pages that ask for a second factor, for features whose links do. */
@Module({ providers: [SecondFactorDesk, SecondFactorForms], exports: [SecondFactorForms] })
export class SecondFactorPagesModule {}

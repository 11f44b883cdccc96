import { Module } from '@nestjs/common';
import { SecondFactorForms } from './second-factor-forms.js';

/** The pages that ask for a second factor, for features whose links do. */
@Module({ providers: [SecondFactorForms], exports: [SecondFactorForms] })
export class SecondFactorPagesModule {}

import { Injectable } from '@nestjs/common';
import { CustomRequest } from '../custom/custom-request.js';
import type { RequestType } from '../request-types.js';
import type { ProcessedType } from './request-type.js';
import { LogIn } from './types/log-in.js';
import { PasswordRequest } from './types/password-request.js';
import { UnlockRequest } from './types/unlock-request.js';

/** Who processes which type. */
@Injectable()
export class ProcessedTypes {
  private readonly types: Readonly<Record<RequestType, ProcessedType>>;

  constructor(logIn: LogIn, password: PasswordRequest, unlock: UnlockRequest, custom: CustomRequest) {
    this.types = {
      LOGIN_UNATTENDED: logIn,
      LOGIN: logIn,
      PASSWORD_SET: password,
      PASSWORD_RESET: password,
      UNLOCK_ACCOUNT: unlock,
      CUSTOM: custom,
    };
  }

  of(type: RequestType): ProcessedType {
    return this.types[type];
  }
}

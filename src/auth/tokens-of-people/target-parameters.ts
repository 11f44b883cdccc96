import {
  ASSIGNMENT,
  type AssignmentReference,
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';

/** An assignment by itself, or its person and its token (authentication methods, sections 4.11 and 4.14). */
export class TargetParameters {
  @ReferenceParam(ASSIGNMENT, { description: 'The assignment; without it `user` and `token` are needed.' })
  tokenAssignment?: AssignmentReference;

  @ReferenceParam(USER, { description: 'Whose token it is.' })
  user?: UserReference;

  @ReferenceParam(TOKEN, { description: 'The token.' })
  token?: TokenReference;
}

/** A person and one of their tokens. */
export class UserAndTokenParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose token it is.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { required: true, description: 'The token.' })
  token!: TokenReference;
}

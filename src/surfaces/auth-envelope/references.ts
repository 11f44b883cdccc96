/** Names an application. Every member that is there must hold (authentication methods, section 2.1). */
export interface ApplicationReference {
  readonly id?: string;
  readonly name?: string;
}

/** Names a person. */
export interface UserReference {
  readonly id?: string;
  /** As sent: a login, `DOM\login` or `login@dom`. */
  readonly loginName?: string;
  readonly domainId?: string;
  readonly domainName?: string;
}

/** Names a token, or those of a kind. */
export interface TokenReference {
  readonly id?: string;
  readonly serial?: string;
  readonly productMethod?: string;
  /** Each must be among the functions of the product. */
  readonly productFunctions?: readonly string[];
}

export interface AssignmentReference {
  readonly id?: string;
}

export interface CategoryReference {
  readonly name: string;
}

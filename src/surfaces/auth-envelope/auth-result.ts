/** A single value of an answer. Dates are written as `yyyy-MM-dd'T'HH:mm:ss'Z'` (authentication methods, section 2.4). */
export type Scalar = string | number | boolean | null | Date;

/** Free keys with texts, e.g. the options of a policy. */
export type TextMap = Readonly<Record<string, string>>;

/** What an attribute may hold. A function is called only when `return` asks for the attribute. */
export type AttributeValue =
  | Scalar
  | TextMap
  | readonly Scalar[]
  | WireObject
  | readonly WireObject[]
  | (() => AttributeValue | Promise<AttributeValue>);

/** An object with the attributes that its `ObjectType` declares; `return` says which of them leave. */
export interface WireObject {
  readonly [attribute: string]: AttributeValue | undefined;
}

/** The rows of a list before `match`, `sort` and paging, which the surface does. */
export interface WireList {
  readonly rows: readonly WireObject[];
}

/** What a method gives: nothing, an object or a list, as its declaration says. */
export type AuthResult = void | WireObject | WireList;

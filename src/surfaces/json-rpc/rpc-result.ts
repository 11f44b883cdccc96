/** What a method may answer. `false` says that the call was well made and the thing could not be done. */
export type RpcResult =
  string | number | boolean | null | readonly RpcResult[] | { readonly [name: string]: RpcResult };

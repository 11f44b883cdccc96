const BELOW_API = /^\/(?:belladati\/)?(?:api|oauth)\//i;

/** The body for an address that reaches no handler; undefined when it is not one of this surface. */
export function outsideApi(url: string, message: string): string | undefined {
  return BELOW_API.test(url) ? JSON.stringify({ error: message }) : undefined;
}

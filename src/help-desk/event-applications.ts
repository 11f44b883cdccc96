/** Applications whose events can be asked for (manager-json-rpc section 12, `Get_Event_Logs`). */
export const EVENT_APPLICATIONS = ['openotp', 'opensso', 'smshub', 'spankey'] as const;
export type EventApplication = (typeof EVENT_APPLICATIONS)[number];

/**
 * Which rows of the audit are whose, by the first part of an event's name. Everything that is nobody else's is
 * `openotp`'s, so that no event about a person goes untold.
 */
const OWN: Readonly<Record<Exclude<EventApplication, 'openotp'>, readonly string[]>> = {
  opensso: ['logon', 'sso', 'login'],
  smshub: ['sms', 'sms-budget'],
  spankey: ['ssh-key', 'spankey'],
};

/** The first parts of event names that are an application's, or with `not` those that are the others'. */
export function eventsOf(application: EventApplication): { readonly not: boolean; readonly things: readonly string[] } {
  return application === 'openotp'
    ? { not: true, things: Object.values(OWN).flat() }
    : { not: false, things: OWN[application] };
}

import { isDistinguishedName } from '../../../directory/distinguished-name.js';
import { CATEGORIES, isProductCategory, optionsOf, supportedOf } from '../../../policies/policy-categories.js';
import { boolean, integer, name, scalar, text } from '../scalar-shapes.js';
import {
  checked,
  list,
  object,
  optional,
  optionalWith,
  record,
  required,
  type Report,
  type ShapeType,
  unknownKey,
} from '../shape.js';

const NAMES = Object.keys(CATEGORIES);

const category = scalar(`one of ${NAMES.join(', ')}, or a token product such as MobileID/Time-Based`, (value) =>
  typeof value === 'string' && (NAMES.includes(value) || isProductCategory(value)) ? value : undefined,
);

const option = { test: (key: string) => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(key), values: 'option names' };

/** What an option may be is for its category to say; none has more than this. */
const value = scalar('text, in quotes', (written) =>
  typeof written === 'string' && written.length <= 10_000 && !/\p{Cc}/u.test(written) ? written : undefined,
);

const distinguishedName = scalar('a distinguished name (RFC 4514)', (written) =>
  typeof written === 'string' && isDistinguishedName(written) ? written : undefined,
);

const holder = checked(
  object({
    domain: required(name(), 'Domain whose people the policy is for.'),
    user: optional(name(), 'Login of the one person whom the policy is for.'),
    group: optional(name(), 'Name, or distinguished name, of the group whose members the policy is for.'),
    unit: optional(distinguishedName, 'Part of the directory whose people the policy is for.'),
  }),
  ({ user, group, unit }, report) => {
    const given = Object.entries({ user, group, unit }).filter(([, written]) => written !== undefined);
    for (const [key] of given.slice(1))
      report([key], `must not stand beside ${given[0]?.[0]}; a policy has one holder`);
  },
);

const policy = checked(
  object({
    name: required(name(), 'Name of the policy.'),
    description: optional(text(), 'Shown to operators.'),
    category: required(category, 'What the options are about.'),
    holder: optional(
      holder,
      'Whom the policy is for; the whole server when absent. The nearest wins: user, group, unit, domain, server.',
    ),
    applications: optionalWith(
      list(name()),
      [],
      'Applications that the policy is bound to; empty means all. Among equally near policies a bound one wins.',
    ),
    enabled: optionalWith(boolean(), true, 'A disabled policy is not looked at.'),
    priority: optionalWith(
      integer(-1_000, 1_000),
      0,
      'Among policies that are equally near and bound the higher wins.',
    ),
    options: required(
      record(option, value),
      'Options of the category, see *Options of policies*; values are texts, as on the wire.',
    ),
  }),
  ({ category, options }, report) => checkOptions(category, options, report),
);

export const policies = list(policy);

export type PolicyDeclaration = ShapeType<typeof policy>;

function checkOptions(category: string, options: Readonly<Record<string, string>>, report: Report): void {
  const known = optionsOf(category) ?? {};
  const names = supportedOf(known).map(({ name }) => name);
  for (const [key, written] of Object.entries(options)) {
    const declared = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!declared) report(['options', key], unknownKey(key, names));
    else if (!declared.supported) report(['options', key], 'is not supported by this version');
    else if (declared.parse(written) === undefined) report(['options', key], `must be ${declared.values}`);
  }
  checkWindows(options, report);
}

/** The windows of section 6.2 lie inside one another. */
function checkWindows({ autoSyncWindow, checkSyncWindow, manualSyncWindow }: Options, report: Report): void {
  const wider = (inner: string | undefined, outer: string | undefined): boolean =>
    inner !== undefined && outer !== undefined && Number(inner) > Number(outer);
  if (wider(autoSyncWindow, checkSyncWindow)) report(['options', 'autoSyncWindow'], 'must not exceed checkSyncWindow');
  if (wider(checkSyncWindow, manualSyncWindow)) {
    report(['options', 'checkSyncWindow'], 'must not exceed manualSyncWindow');
  }
}

type Options = Readonly<Partial<Record<string, string>>>;

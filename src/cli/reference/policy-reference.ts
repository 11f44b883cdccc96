import { CATEGORIES, type OptionsByName, TOKEN_PRODUCT } from '../../core/policies/policy-categories.js';
import { markdownTable } from './markdown.js';

/** The options of policies, one table for each category. */
export function policyReference(): string[] {
  return [
    ...Object.entries(CATEGORIES).flatMap(([name, options]) => [`### Category \`${name}\``, table(options)]),
    '### Categories of token products',
    'Named after a product, e.g. `MobileID/Time-Based`: its `name`, or its `manufacturerCode/productCode`. What people ' +
      'enrol without a declared product has codes such as `LK/TOTP`. The windows are steps to both sides for tokens with a ' +
      'clock, and forward only for those with a counter.',
    table(TOKEN_PRODUCT),
  ];
}

function table(options: OptionsByName): string {
  return markdownTable(
    ['Option', 'Value', 'Default', 'Meaning'],
    Object.values(options).map(({ name, values, fallback, meaning }) => [
      `\`${name}\``,
      values,
      fallback === '' ? '' : `\`${fallback}\``,
      meaning,
    ]),
  );
}

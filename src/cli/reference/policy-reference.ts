import { TOKEN_PRODUCT } from '../../core/policies/categories/token-product.js';
import { CATEGORIES, type OptionsByName, supportedOf } from '../../core/policies/policy-categories.js';
import { markdownTable } from './markdown.js';

/** The options of policies, one table for each category. */
export function policyReference(): string[] {
  return [
    ...Object.entries(CATEGORIES).flatMap(([name, options]) => [`### Category \`${name}\``, ...tables(options)]),
    '### Categories of token products',
    'Named after a product, e.g. `MobileID/Time-Based`: its `name`, or its `manufacturerCode/productCode`. What people ' +
      'enrol without a declared product has codes such as `LK/TOTP`. The windows are steps to both sides for tokens with a ' +
      'clock, and forward only for those with a counter.',
    ...tables(TOKEN_PRODUCT),
  ];
}

/** What can be declared, and what the wire knows besides. */
function tables(options: OptionsByName): string[] {
  const others = Object.values(options).filter(({ supported }) => !supported);
  const names = others.map(({ name }) => `\`${name}\``).join(', ');
  return [table(options), ...(names === '' ? [] : [`Not supported by this version, and refused: ${names}.`])];
}

function table(options: OptionsByName): string {
  return markdownTable(
    ['Option', 'Value', 'Default', 'Meaning'],
    supportedOf(options).map(({ name, values, fallback, meaning }) => [
      `\`${name}\``,
      values,
      fallback === '' ? '' : `\`${fallback}\``,
      meaning,
    ]),
  );
}

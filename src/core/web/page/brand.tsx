import type { JSX } from 'preact';

/** The mark with the name of the place the person is at. */
export function Brand({ name }: { readonly name: string }): JSX.Element {
  return (
    <p class="brand">
      <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
        <rect class="mark-ground" width="32" height="32" rx="9" />
        <path
          class="mark-hole"
          d="M16 7.5a5 5 0 0 0-2.6 9.27L12 23.6a.75.75 0 0 0 .73.9h6.54a.75.75 0 0 0 .73-.9l-1.4-6.83A5 5 0 0 0 16 7.5Z"
        />
      </svg>
      <span class="brand-name">{name}</span>
    </p>
  );
}

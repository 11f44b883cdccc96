import type { JSX } from 'preact';

interface Props {
  readonly id: string;
  readonly code: string;
  /** What the button says, and what is said when it has worked. */
  readonly copy: string;
  readonly copied: string;
}

/** A command to be copied; `COPY_SCRIPT` brings the button to life. */
export function Sample({ id, code, copy, copied }: Props): JSX.Element {
  return (
    <div class="sample">
      <pre tabindex={0}>
        <code id={id}>{code}</code>
      </pre>
      <p class="sample-foot">
        <button class="button button-quiet" type="button" data-copy={id} hidden>
          {copy}
        </button>
        <span role="status" data-copied-from={id} data-copied={copied} />
      </p>
    </div>
  );
}

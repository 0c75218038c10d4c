import type { Snippet } from "svelte";

/** What fields share in which typing is read at once: days, numbers of identity. */
export type TypedProps = {
  label: string;
  /** As it is kept; what stands in the field is written for the eye. */
  value: string;
  hint?: string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
  optional?: boolean;
  disabled?: boolean;
  id?: string;
  testid?: string;
  after?: Snippet;
  onchange?: (value: string) => void;
  onfocus?: () => void;
  onblur?: () => void;
};

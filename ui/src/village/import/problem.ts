import { sentence } from "../../text/format";

/** A rule as the program says it, `harus 16 angka; ketik ulang dari KTP`: what holds, and what to do about it. */
export function ruleAndRemedy(rule: string): { rule: string; remedy: string } {
  const at = rule.indexOf("; ");
  const [holds, todo] = at < 0 ? [rule, ""] : [rule.slice(0, at), rule.slice(at + 2)];
  return { rule: sentence(holds), remedy: sentence(todo) };
}

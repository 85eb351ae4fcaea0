/** Lists in a sentence. */

/** `a`, `a and b`, `a, b and 3 more`: at most `limit` names, or one more where that is all. */
export function listed(names: readonly string[], limit = 3): string {
  const shown = names.length > limit + 1 ? names.slice(0, limit) : names;
  const more = names.length - shown.length;
  const parts = more === 0 ? shown : [...shown, `${more} more`];
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** The last part of the way to a member: `kind` of `definition.kind`. */
export const lastOf = (member: string): string => member.slice(member.lastIndexOf('.') + 1);

/** What stands at the end of the way. */
export const valueAt = (row: unknown, member: string): unknown =>
  member.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | null | undefined)?.[part], row);

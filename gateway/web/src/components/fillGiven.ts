import type { FormInstance } from 'antd';
import { resolve, type Schema } from '@/lib/api/api';
import { read } from '@/lib/api/client';
import { SOURCES, type Source } from '@/lib/lookups';
import type { FieldName } from './fields';

/** Fills the fields that a chosen code gives: the unit of a material need not be typed. */
export async function fillGiven(changed: unknown, schema: Schema, form: FormInstance, parent: FieldName = []): Promise<void> {
  const known = resolve(schema);
  if (Array.isArray(changed)) {
    await Promise.all(changed.map((one, index) => one && fillGiven(one, known.items ?? {}, form, [...parent, index])));
    return;
  }
  if (typeof changed !== 'object' || changed === null) return;
  for (const [member, value] of Object.entries(changed as Record<string, unknown>)) {
    const source = SOURCES[member];
    const given = source?.gives?.filter(name => name in (known.properties ?? {})) ?? [];
    if (given.length && typeof value === 'string') await fill(source!, [...parent, member], value, given, form);
    else if (known.properties?.[member]) await fillGiven(value, known.properties[member], form, [...parent, member]);
  }
}

async function fill(
  { path, value: key, query }: Source,
  at: FieldName,
  code: string,
  given: readonly string[],
  form: FormInstance,
) {
  const page = await read(path as '/api/inventory/materials', { query: { ...query, search: code } }).catch(() => null);
  const row = (page?.items as unknown as Record<string, unknown>[] | undefined)?.find(one => one[key] === code);
  if (!row || form.getFieldValue(at) !== code) return; // unknown, or another was typed meanwhile
  for (const name of given) form.setFieldValue([...at.slice(0, -1), name], row[name]);
}

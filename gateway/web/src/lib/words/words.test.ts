import { describe, expect, it } from 'vitest';
import api from '../api/generated/api.json';
import { NAMES } from './names';
import { VALUES } from './values';

interface Known {
  properties?: Record<string, unknown>;
  enum?: string[];
}

const schemas = Object.values(api.schemas) as Known[];

describe('The words of the screens', () => {
  it('has one for every member that the API has', () => {
    const members = new Set(schemas.flatMap(schema => Object.keys(schema.properties ?? {})));
    for (const operation of Object.values(api.operations)) Object.keys(operation.query).forEach(name => members.add(name));
    expect(members.size).toBeGreaterThan(200);
    expect([...members].filter(member => !(member in NAMES))).toEqual([]);
  });

  it('has one for every choice that the API has', () => {
    const values = new Set(schemas.flatMap(schema => schema.enum ?? []));
    expect(values.size).toBeGreaterThan(50);
    expect([...values].filter(value => !(value in VALUES))).toEqual([]);
  });

  it('is complete in both languages', () => {
    for (const [word, [zh, en]] of [...Object.entries(NAMES), ...Object.entries(VALUES)]) {
      expect(zh, word).toMatch(/[\u4e00-\u9fff]|PIN|OEE|ERP/);
      expect(en, word).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

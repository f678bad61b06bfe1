import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '../api/client';
import { placesOf, valuesOf } from './refusals';
import { switchLanguage } from '../text';

const refused = (code: string, values: object = {}) => new Problem(422, { code, hint: 'In English.', ...values });

describe('A refusal', () => {
  afterEach(() => switchLanguage('en'));

  it.each([
    ['order-number-missing', { product: 'P' }, { quantity: 5 }, ['quantity', 'number'], 'number'],
    ['reason-not-found', { reason: 'spindle' }, { reason: 'spindle' }, [], 'reason'],
    ['location-not-found', { location: 'LINE' }, { from: 'STORE', to: 'LINE' }, [], 'to'],
    ['lot-not-found', { material: 'M', lot: 'X' }, { material: 'M', lot: 'X' }, [], 'lot'],
    ['quantity-not-reached', { quantity: 5 }, {}, ['reason'], 'reason'],
    ['person-not-found', { person: 'P-9' }, { code: 'B', person: 'P-9' }, [], 'person'],
    ['routing-not-found', { routing: 'R', revision: 'Z' }, { routing: 'R', revision: 'Z' }, [], 'routing'],
    ['calendar-not-found', { calendar: 'C' }, { units: [{ calendar: 'A' }, { calendar: 'C' }] }, [], 'units[1].calendar'],
    ['order-not-open', { order: 'WO-1' }, { quantity: 1 }, ['quantity'], ''],
  ])('of %s stands at its field', (code, values, sent, fields, field) => {
    expect(placesOf(refused(code, values), sent, fields).map(one => one.field)).toEqual([field]);
  });

  it('of a form stands at each field, nested ones too, without paths and identities', () => {
    const problem = refused('malformed-body', {
      errors: [
        { field: '$.orderIds[0]', value: '"RV"', hint: '$.orderIds[0] is "RV". Give a UUID in quotes.' },
        { field: '$.steps[2].code', value: null, hint: '$.steps[2].code is missing. Give a text in quotes.' },
      ],
    });
    expect(placesOf(problem, {}, [])).toEqual([
      { field: 'orderIds[0]', text: 'Choose one that is offered' },
      { field: 'steps[2].code', text: 'Enter this' },
    ]);
  });

  it('names values that people know, and no others', () => {
    switchLanguage('zh-CN');
    const problem = refused('not-enough-stock', {
      material: 'BAR',
      quantity: 1234.5678,
      orderId: '01980000-0000-7000-8000-000000000000',
      value: '***',
      tried: 3,
    });
    expect(valuesOf(problem)).toBe('物料：BAR · 数量：1,234.5678');
  });

  it('is told in Chinese without English and without codes', () => {
    switchLanguage('zh-CN');
    expect(placesOf(refused('nobody-knows-it'), {}, [])).toEqual([{ field: '', text: '不能执行' }]);
  });
});

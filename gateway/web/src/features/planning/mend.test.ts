import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend';

const step = (code: string, values: Record<string, unknown> = {}) => ({ orderId: 'o1', order: 'WO-1', code, values });
const places = (code: string, values?: Record<string, unknown>) => mendsOf(step(code, values)).map(mend => mend.to);

describe('Where what cannot be planned is mended', () => {
  it('is the routing where no equipment is named', () => {
    expect(places('no-alternative', { equipment: [] })).toEqual(['/routings', '/orders/o1']);
  });
  it('is the calendar and the equipment where it has too little open time', () => {
    expect(places('no-calendar-time', { equipment: ['T-101'] })).toEqual(['/calendars', '/units/one?code=T-101', '/orders/o1']);
    expect(places('equipment-overloaded', { equipment: ['A', 'B'], overloaded: 'B' })).toContain('/units/one?code=B');
    expect(places('equipment-overloaded', { equipment: ['A', 'B'], overloaded: 'B' })).not.toContain('/units/one?code=A');
  });
  it('is the order where its release or size is at fault, and always among the places', () => {
    expect(places('release-beyond-horizon')[0]).toBe('/orders/o1');
    expect(places('a code of tomorrow')).toContain('/orders/o1');
    expect(places('taken-out')).toEqual(['/board', '/orders/o1']);
  });
});

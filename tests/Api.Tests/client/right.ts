// A program as a customer writes it, against the types that the documents give.
import createClient from 'openapi-fetch';
import type { paths as Equipment } from './equipment.js';
import type { paths as Gateway } from './gateway.js';
import type { paths as Inventory } from './inventory.js';
import type { paths as Quality } from './quality.js';
import type { paths as Scheduling } from './scheduling.js';
import type { paths as WorkOrders } from './work-orders.js';

const settings = { baseUrl: 'https://mes.example', headers: { 'X-Api-Key': 'mes_key_…' } };
const workOrders = createClient<WorkOrders>(settings);
const inventory = createClient<Inventory>(settings);
const equipment = createClient<Equipment>(settings);
const quality = createClient<Quality>(settings);
const scheduling = createClient<Scheduling>(settings);
const gateway = createClient<Gateway>(settings);

/** Goes through all pages of a list. */
export async function* stock(material: string) {
  let after: string | undefined;
  do {
    const { data, error } = await inventory.GET('/api/inventory/stock', {
      params: { query: { material, ...(after === undefined ? {} : { after }) } },
    });
    if (!data) throw new Error(error.code);
    yield* data.items;
    after = data.next ?? undefined;
  } while (after !== undefined);
}

export async function report(operation: string, signOnId: string, good: number) {
  const { data, error } = await workOrders.POST('/api/work-orders/operations/{id}/reports', {
    params: { path: { id: operation }, header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: {
      equipment: 'Machine 1', signOnId, activity: 'Run', startedAt: '2026-03-02T06:00:00Z', endedAt: '2026-03-02T07:00:00Z',
      good, scrap: 0, nonconforming: 0,
    },
  });
  return data ? data.progress.good : `${error.code}: ${error.hint}`;
}

export async function summary() {
  const oee = await equipment.GET('/api/equipment/oee', { params: { query: { from: '2026-03-02T00:00:00Z' } } });
  const holds = await quality.GET('/api/quality/holds');
  const plans = await scheduling.GET('/api/scheduling/plans');
  const me = await gateway.GET('/api/identity/me');
  return [oee.data?.units.length, holds.data?.items[0]?.reason, plans.data?.items[0]?.id, me.data?.name];
}

// Each line that is marked must not compile, or the types say too little.
import createClient from 'openapi-fetch';
import type { paths as Inventory } from './inventory.js';
import type { paths as WorkOrders } from './work-orders.js';

const workOrders = createClient<WorkOrders>({ baseUrl: 'https://mes.example' });
const inventory = createClient<Inventory>({ baseUrl: 'https://mes.example' });

await inventory.GET('/api/inventory/stocks'); // wrong: no such path
await inventory.GET('/api/inventory/stock', { params: { query: { colour: 'red' } } }); // wrong: no such parameter
const { data } = await inventory.GET('/api/inventory/stock');
export const name: string | undefined = data?.items[0]?.nothing; // wrong: no such member
export const quantity: string | undefined = data?.items[0]?.onHand; // wrong: a number
await workOrders.POST('/api/work-orders/sign-ons', { params: { header: { 'Idempotency-Key': '1' } }, body: {} }); // wrong: members missing
await workOrders.POST('/api/work-orders/operations/{id}/complete', { params: { path: { id: '1' } } }); // wrong: no id of the command

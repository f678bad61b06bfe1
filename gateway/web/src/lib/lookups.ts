import type { ListPath } from './api/api';

/** Where the codes of a member come from: nobody types one that the system knows. */
export interface Source {
  path: ListPath | '/api/inventory/units' | '/api/equipment/reasons';
  value: string;
  name?: string;
  query?: object;
  /** Members that the chosen record gives to the fields of the same names beside it. */
  gives?: readonly string[];
}

const products: Source = { path: '/api/work-orders/products', value: 'code', name: 'name' };
const materials: Source = { path: '/api/inventory/materials', value: 'code', name: 'name', gives: ['unit'] };
const locations: Source = { path: '/api/inventory/locations', value: 'code', name: 'name' };
const equipment: Source = { path: '/api/equipment/units', value: 'code', name: 'name' };
const orders: Source = { path: '/api/work-orders/orders', value: 'order', name: 'product' };
const people: Source = { path: '/api/identity/people', value: 'code', name: 'name' };

export const SOURCES: Readonly<Record<string, Source>> = {
  product: products,
  material: materials,
  location: locations,
  from: locations,
  to: locations,
  equipment,
  order: orders,
  orderId: { ...orders, value: 'id', name: 'order' },
  person: people,
  operator: { path: '/api/work-orders/operators', value: 'code', name: 'name' },
  calendar: { path: '/api/equipment/calendars', value: 'code' },
  workCenter: { path: '/api/equipment/work-centers', value: 'code', name: 'name' },
  routing: { path: '/api/work-orders/routings', value: 'code', name: 'product' },
  unit: { path: '/api/inventory/units', value: 'code', name: 'name' },
  resource: { path: '/api/scheduling/resources', value: 'code', name: 'name' },
  plan: { path: '/api/quality/plans', value: 'code' },
};

/** The roles that can be given, as `Roles.cs` has them. */
export const ROLES = [
  'operator',
  'foreman',
  'planner',
  'engineer',
  'quality',
  'warehouse',
  'maintenance',
  'personnel',
  'board',
  'erp',
  'administrator',
];

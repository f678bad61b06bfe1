import type { Answer, Body, Item } from '@/lib/api/api';
import { addressOf, readAll, send } from '@/lib/api/client';

/** What the terminal asks for. A seat tells which of the people who are signed in here asks; 0 is the browser's own session. */
type Me = Answer<'/api/identity/me', 'get'>;
export type DispatchCard = Item<'/api/work-orders/dispatch'>;
export type WorkOnCard = DispatchCard['work'][number];
/** Work as it is listed, wherever it is. */
export type WorkView = Item<'/api/work-orders/work'>;
export type Unit = Pick<Item<'/api/equipment/units'>, 'code' | 'name' | 'workCenter'>;
export type Component = Item<'/api/inventory/demands'>;
export type Piece = Item<'/api/work-orders/orders/{id}/serials'>;
export type Reason = Answer<'/api/equipment/reasons', 'get'>['reasons'][number];
export type AndonCall = Item<'/api/equipment/andon-calls'>;
export type Stop = Item<'/api/equipment/units/{code}/downtimes'>;
export type Instruction = Answer<'/api/work-orders/operations/{id}/instruction', 'get'>;
/** An inspection that the operator does. */
export type Check = Item<'/api/quality/inspections'>;
export type Inspection = Answer<'/api/quality/inspections/{id}', 'get'>;
export type Characteristic = Inspection['plan']['characteristics'][number];
export type Proposal = Inspection['proposal'];
export type Finding = Body<'/api/quality/inspections/{id}/measurements', 'post'>['findings'][number];
export type HandoverNote = Item<'/api/equipment/handover-notes'>;
interface Page<T> {
  items: T[];
  next: string | null;
}

const CARDS_MAX = 200;
/** What says which of the people here asks. */
export const seated = (seat: number): Record<string, string> => (seat > 0 ? { 'Mes-Seat': String(seat) } : {});

const get = async <T>(seat: number, path: string, query: object = {}) =>
  (await send('GET', addressOf(path, {}, query), undefined, seated(seat))) as T;

export const post = async <T>(seat: number, path: string, body: unknown, id?: string) =>
  (await send('POST', path, body, { ...seated(seat), ...(id && { 'Idempotency-Key': id }) })) as T;

const all = async <T>(seat: number, path: string) => (await readAll(path, { headers: seated(seat) })) as T[];

export const me = (seat: number) => get<Me>(seat, '/api/identity/me');
export const signInByBadge = (seat: number, badge: string, pin: string | null) =>
  post<Me>(seat, '/api/identity/sign-in/badge', { badge, pin });
export const signInByPassword = (seat: number, userName: string, password: string) =>
  post<Me>(seat, '/api/identity/sign-in', { userName, password });
export const changePassword = (seat: number, current: string, next: string, id: string) =>
  post<null>(seat, '/api/identity/password', { current, new: next }, id);
export const signOut = (seat: number) => post<null>(seat, '/api/identity/sign-out', {});
export const device = () => get<Answer<'/api/identity/device', 'get'> | null>(0, '/api/identity/device');
export const beginPairing = () => post<Answer<'/api/identity/device/pairing', 'post'>>(0, '/api/identity/device/pairing', {});
export const signOn = (seat: number, operator: string, station: string, id: string) =>
  post<{ id: string; operator: string }>(seat, '/api/work-orders/sign-ons', { operator, station }, id);

/** The equipment to choose from: what a bound terminal serves and is in use, else all at which there is work. */
export async function unitsHere(seat: number): Promise<Unit[]> {
  const [codes, here, known] = await Promise.all([
    all<string>(seat, '/api/work-orders/dispatch/equipment'),
    device(),
    all<Item<'/api/equipment/units'>>(seat, '/api/equipment/units').catch(() => []),
  ]);
  const retired = new Set(known.filter(unit => unit.retiredAt && !codes.includes(unit.code)).map(unit => unit.code));
  const offered = here?.serves?.filter(code => !retired.has(code)) ?? codes;
  return offered.map(code => known.find(unit => unit.code === code) ?? { code, name: '', workCenter: null });
}

export const dispatch = (seat: number, equipment: string, operator?: string) =>
  get<Page<DispatchCard>>(seat, '/api/work-orders/dispatch', { equipment, operator, size: CARDS_MAX });
export const openWork = async (seat: number, operator: string) =>
  (await get<Page<WorkView>>(seat, '/api/work-orders/work', { operator, status: 'Open', size: CARDS_MAX })).items;
export const orderOf = (seat: number, id: string) => get<{ order: string }>(seat, `/api/work-orders/orders/${id}`);
/** The pieces of an order that have serial numbers. */
export const piecesOf = (seat: number, orderId: string) => all<Piece>(seat, `/api/work-orders/orders/${orderId}/serials`);
export const piecesNamed = async (seat: number, search: string) =>
  (await get<Page<Item<'/api/work-orders/serials'>>>(seat, '/api/work-orders/serials', { search, size: 20 })).items;
export const lotsNamed = async (seat: number, search: string) =>
  (await get<Page<Item<'/api/inventory/lots'>>>(seat, '/api/inventory/lots', { search, size: 20 })).items;
export const pieceOf = (seat: number, product: string, serial: string) =>
  get<{ lot: string }>(seat, `/api/work-orders/products/${encodeURIComponent(product)}/serials/${encodeURIComponent(serial)}`);
export const components = async (seat: number, order: string) =>
  (await get<Page<Component>>(seat, '/api/inventory/demands', { order, size: 100 })).items;
export const lotsOf = async (seat: number, material: string) =>
  (
    await get<Page<Item<'/api/inventory/stock'>>>(seat, '/api/inventory/stock', {
      ...{ material, size: 50 },
    })
  ).items;
export const reasons = async (seat: number) => (await get<{ reasons: Reason[] }>(seat, '/api/equipment/reasons')).reasons;
export const stops = async (seat: number, unit: string, from: string) =>
  (
    await get<Page<Stop>>(seat, `/api/equipment/units/${encodeURIComponent(unit)}/downtimes`, {
      ...{ from, sort: 'StartedAt', descending: true, size: 50 },
    })
  ).items;

export const openCalls = async (seat: number) =>
  (await get<Page<AndonCall>>(seat, '/api/equipment/andon-calls', { status: 'Open', size: CARDS_MAX })).items;
export const instruction = (seat: number, operation: string) =>
  get<Instruction>(seat, `/api/work-orders/operations/${operation}/instruction`);
/** A picture or a video is read by the browser itself, which sends no header. */
export const fileOf = (seat: number, id: string) =>
  addressOf(`/api/work-orders/instructions/files/${id}`, {}, seat > 0 ? { seat } : {});
/** The picture of a card's product; another address for each picture, which is kept therefore. */
export const pictureOf = (seat: number, { product, picture }: Pick<DispatchCard, 'product' | 'picture'>) =>
  addressOf('/api/work-orders/products/{code}/picture', { code: product }, { version: picture, ...(seat > 0 && { seat }) });
export const signWithPin = async (seat: number, pin: string, subject: string) =>
  (await post<{ signature: string }>(seat, '/api/identity/signatures', { pin, subject })).signature;
export const openNotes = async (seat: number) =>
  (await get<Page<HandoverNote>>(seat, '/api/equipment/handover-notes', { status: 'Open', size: CARDS_MAX })).items;

/** What waits to be checked of what was made at an equipment unit, the oldest first. */
export const openChecks = async (seat: number, equipment: string) =>
  (
    await get<Page<Check>>(seat, '/api/quality/inspections', {
      ...{ status: 'Open', isSelfInspection: true, equipment, sort: 'Number', descending: false, size: CARDS_MAX },
    })
  ).items;
export const inspection = (seat: number, id: string) => get<Inspection>(seat, `/api/quality/inspections/${id}`);

/** What is written: addresses for the queue. */
export const paths = {
  start: (operation: string) => `/api/work-orders/operations/${operation}/work`,
  work: (work: string, verb: 'pause' | 'resume' | 'finish' | 'withdraw') => `/api/work-orders/work/${work}/${verb}`,
  report: (operation: string) => `/api/work-orders/operations/${operation}/reports`,
  read: (operation: string) => `/api/work-orders/operations/${operation}/instruction/readings`,
  measure: (inspection: string) => `/api/quality/inspections/${inspection}/measurements`,
  judge: (inspection: string) => `/api/quality/inspections/${inspection}/verdict`,
  handOver: '/api/equipment/handover-notes',
  takeOver: (note: string) => `/api/equipment/handover-notes/${note}/acknowledge`,
  undo: (report: string) => `/api/work-orders/reports/${report}/undo`,
  signOff: (signOnId: string) => `/api/work-orders/sign-ons/${signOnId}/sign-off`,
  stop: (unit: string) => `/api/equipment/units/${encodeURIComponent(unit)}/downtimes`,
  call: '/api/equipment/andon-calls',
  callVerb: (call: string, verb: 'acknowledge' | 'resolve' | 'withdraw') => `/api/equipment/andon-calls/${call}/${verb}`,
  stopVerb: (stop: string, verb: 'end' | 'classify' | 'withdraw') => `/api/equipment/downtimes/${stop}/${verb}`,
};

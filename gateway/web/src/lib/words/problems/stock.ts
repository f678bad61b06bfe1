import type { Texts } from '../../text';

/** Refusals of stock: lots, locations, movements, reservations. */
export const STOCK: Texts = {
  'lot-on-hold': ['批次已暂停', 'The lot is on hold'],
  'lot-expired': ['批次已过期', 'The lot has expired'],
  'stock-short': ['库存不足', 'There is not enough in stock'],
  'material-not-found': ['没有此物料', 'There is no such material'],
  'material-in-use': [
    '此物料已有移动或工单，单位和批次管理不能更改',
    'It has been moved or ordered: its unit and tracking are fixed',
  ],
  'location-not-found': ['没有此库位', 'There is no such location'],
  'location-not-real': ['此库位不能存放库存', 'No stock can lie at this location'],
  'location-kind-fixed': ['库位类型不能更改，请另建库位并移库', 'A location keeps its kind: define another and move the stock'],
  'lot-not-found': ['此物料没有此批次', 'This material has no such lot'],
  'lot-missing': ['此物料按批次管理，请填写批次', 'This material is tracked by lot: name the lot'],
  'not-tracked-by-lot': ['此物料不按批次管理，请不填批次', 'This material has no lots: leave the lot out'],
  'lot-made-here': ['此批次由工单生产，收货请用其他批次号', 'An order makes this lot: receive the goods under another number'],
  'expiry-differs': ['同一批次只有一个有效期，请用其他批次号', 'One lot expires at one time: use another lot number'],
  'in-the-future': ['时间在未来', 'The time lies in the future'],
  'not-enough-stock': ['库存不足，或已为他人预留', 'There is not enough, or it is reserved for others'],
  'component-not-found': ['工单不需要此物料', 'This is no component of the order'],
  'substitute-not-allowed': ['工艺路线不允许用它替代', 'The routing does not allow it in that place'],
  'more-than-issued': ['退料多于已发料', 'More than the order has got'],
  'more-than-required': ['预留多于工单所需', 'More than the order still lacks'],
  'movement-not-found': ['没有此移动', 'There is no such movement'],
  'reservation-not-found': ['没有此预留', 'There is no such reservation'],
  'already-reversed': ['此移动已冲销', 'This movement was reversed before'],
  'not-reversible': ['此移动不能在这里冲销', 'This movement cannot be reversed here'],
  'adjustment-not-permitted': ['您不能调整库存', 'You may not adjust stock'],
  'unit-not-found': ['没有此计量单位', 'There is no such unit'],
};

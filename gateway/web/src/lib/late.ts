const OPEN = new Set(['Planned', 'Released', 'OnHold']);

export const isOpen = (status: string) => OPEN.has(status);

/** As the list of late orders has it: not finished, and due before now or before the plan in force has it end. */
export function isLate(
  order: { status: string; dueAt?: string | null; plannedEndAt?: string | null },
  nowMs = Date.now(),
): boolean {
  if (!isOpen(order.status) || !order.dueAt) return false;
  const due = Date.parse(order.dueAt);
  return due < nowMs || (order.plannedEndAt ? due < Date.parse(order.plannedEndAt) : false);
}

export const OPEN_SEARCH = [...OPEN].map(status => `status=${status}`).join('&');

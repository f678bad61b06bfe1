import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

/** What is read again when something happens, by the beginning of its address. */
const CONCERNS: Record<string, string[]> = {
  PersonChanged: ['/api/identity/people', '/api/work-orders/operators'],
  ProductChanged: ['/api/work-orders/products', '/api/inventory/materials'],
  RoutingDefined: ['/api/work-orders/routings'],
  WorkOrderReleased: ['/api/work-orders', '/api/erp', '/api/scheduling', '/api/inventory'],
  WorkOrderChanged: ['/api/work-orders', '/api/erp', '/api/scheduling', '/api/inventory'],
  WorkChanged: ['/api/work-orders', '/api/equipment', '/api/scheduling/plans/{id}/operations', '/api/scheduling/adherence'],
  AndonCallChanged: ['/api/equipment'],
  ProductionReported: [
    '/api/work-orders',
    '/api/erp',
    '/api/inventory',
    '/api/equipment',
    '/api/quality',
    '/api/scheduling/plans/{id}/operations',
    '/api/scheduling/adherence',
  ],
  SchedulePublished: ['/api/scheduling', '/api/work-orders'],
  PlanningProgressed: ['/api/scheduling/runs'],
  ResourceChanged: ['/api/scheduling/resources'],
  QualityHoldChanged: ['/api/quality', '/api/work-orders', '/api/inventory'],
  PiecesJudged: ['/api/quality', '/api/work-orders'],
  MaterialAvailabilityChanged: ['/api/inventory', '/api/work-orders'],
  MaterialIssued: ['/api/inventory', '/api/work-orders/genealogy'],
  StockBecameAvailable: ['/api/inventory'],
  ConsumptionDue: ['/api/inventory'],
  EquipmentChanged: ['/api/equipment'],
  EquipmentAvailabilityChanged: ['/api/equipment', '/api/scheduling', '/api/work-orders'],
  CalendarChanged: ['/api/equipment', '/api/scheduling'],
  UnitCalendarChanged: ['/api/equipment', '/api/scheduling'],
  DowntimeRecorded: ['/api/equipment'],
  DowntimeWithdrawn: ['/api/equipment'],
};
const GATHER_MS = 400;

export interface LiveState {
  /** Null until it is known. */
  isLive: boolean | null;
  since: number;
}

/** The one stream of events that all screens share. After a gap everything that is shown is read again. */
class Live {
  private state: LiveState = { isLive: null, since: Date.now() };
  private readonly listeners = new Set<() => void>();
  private concerned = new Set<string>();
  private waiting?: ReturnType<typeof setTimeout>;
  private wasLive = false;

  start(client: QueryClient): () => void {
    const stream = new EventSource('/api/live');
    stream.onopen = () => {
      if (this.wasLive) this.readAgain(client, ['']);
      this.wasLive = true;
      this.set(true);
    };
    stream.onerror = () => this.set(false);
    const lost = () => this.set(false);
    const back = () => {
      if (stream.readyState === EventSource.OPEN) this.set(true); // else the stream tells when it is open again
      this.readAgain(client, ['']);
    };
    window.addEventListener('offline', lost);
    window.addEventListener('online', back);
    stream.addEventListener('missed', () => this.readAgain(client, ['']));
    for (const [type, addresses] of Object.entries(CONCERNS))
      stream.addEventListener(type, () => this.readAgain(client, addresses));
    return () => {
      clearTimeout(this.waiting);
      this.waiting = undefined;
      stream.close();
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', back);
      this.wasLive = false;
      this.set(null);
    };
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  private set(isLive: boolean | null) {
    if (this.state.isLive === isLive) return;
    this.state = { isLive, since: Date.now() };
    this.listeners.forEach(listener => listener());
  }

  /** Much that happens at once leads to one reading. */
  private readAgain(client: QueryClient, addresses: string[]) {
    addresses.forEach(address => this.concerned.add(address));
    this.waiting ??= setTimeout(() => {
      const concerned = [...this.concerned];
      this.concerned = new Set();
      this.waiting = undefined;
      void client.invalidateQueries({
        predicate: query => concerned.some(address => String(query.queryKey[0]).startsWith(address)),
      });
    }, GATHER_MS);
  }
}

export const live = new Live();
export const useLive = () => useSyncExternalStore(live.subscribe, live.snapshot);

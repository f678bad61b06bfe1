import type { Text } from '@/lib/text';

/** The services, each with its own audit trail and its own parked messages. */
export const SERVICES = [
  { key: 'work-orders', name: ['工单', 'Orders'] as Text },
  { key: 'scheduling', name: ['排程', 'Planning'] as Text },
  { key: 'quality', name: ['质量', 'Quality'] as Text },
  { key: 'inventory', name: ['库存', 'Stock'] as Text },
  { key: 'equipment', name: ['设备', 'Equipment'] as Text },
  { key: 'identity', name: ['人员与权限', 'People and access'] as Text },
] as const;

import type { Text } from '../text';

/** What a card of the dispatch list waits for, in words that tell what to look after. */
export const WAITS: Readonly<Record<string, Text>> = {
  'order-on-hold': ['工单暂停', 'order on hold'],
  predecessor: ['上道工序', 'operation before it'],
  pieces: ['没有剩余工件', 'no piece is left'],
  material: ['物料', 'material'],
  'material-expired': ['物料已过期', 'material has expired'],
  quality: ['质量放行', 'quality release'],
  equipment: ['设备停机', 'equipment'],
  skill: ['没有(有效的)技能', 'no valid skill'],
  instruction: ['未确认作业指导', 'instruction not acknowledged'],
};

import { number } from '@/lib/text';

/** How far what was made is from its target, in whole pieces: the sign says it, not the colour alone. */
export function deltaOf(good: number, target: number): string {
  const delta = Math.round(good - target);
  return `${delta < 0 ? '▼ −' : '▲ +'}${number(Math.abs(delta), 0)}`;
}
